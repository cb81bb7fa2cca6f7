#if canImport(Darwin)
import Darwin
#elseif canImport(Musl)
import Musl
#else
import Glibc
#endif

extension StateDirectory {
    static let lockName = ".lock"
    private static let temporarySuffix = ".tmp"

    /// Keeps an identity for a host in place of the one that was there.
    ///
    /// Whatever happens meanwhile, also to the machine's power, leaves the old pair or the new one: the file is written
    /// under another name, brought to the disk, and renamed.
    ///
    /// - Returns: the file in which what had another key is kept, if there was any.
    @discardableResult
    package func save(_ identity: Identity, for name: String) throws(IdentityError) -> String? {
        let folder = try self.makeFolder()
        let lock = try self.lock(folder)
        defer { lock.release() }
        return try self.replace(with: identity, as: Self.fileName(for: name), in: folder)
    }

    /// Keeps an identity in a file of this directory, such as the one that it came from.
    ///
    /// - Returns: the file in which what had another key is kept, if there was any.
    @discardableResult
    package func save(_ identity: Identity, at path: String) throws(IdentityError) -> String? {
        let folder = try self.makeFolder()
        let lock = try self.lock(folder)
        defer { lock.release() }
        let fileName = path.split(separator: "/").last.map(String.init) ?? path
        return try self.replace(with: identity, as: fileName, in: folder)
    }

    /// Writes a file; the caller holds the lock. A file with another key is kept beside it as `NAME.old`, with a number
    /// behind that where there is one already: a key that clients know is never lost.
    ///
    /// - Returns: the path of the file that is kept.
    @discardableResult
    func replace(
        with identity: Identity,
        as fileName: String,
        in folder: borrowing Folder
    ) throws(IdentityError) -> String? {
        self.removeLeftovers(in: folder)
        let temporary = Self.temporaryName(for: fileName)
        var kept: String?
        do {
            try self.create(temporary, content: Array(identity.pem.utf8), in: folder)
            if !Self.hasKey(of: identity, fileName, in: folder) {
                kept = try Self.keep(fileName, in: folder)
            }
            try self.step(.rename, folder.path(of: fileName)) {
                renameat(folder.descriptor, temporary, folder.descriptor, fileName)
            }
        } catch {
            self.remove(temporary, in: folder)
            if let kept { self.remove(kept, in: folder) }  // it is the file that stays, under a second name
            throw error
        }
        try self.step(.synchronizeDirectory, folder.path) { fsync(folder.descriptor) }
        return kept.map { folder.path(of: $0) }
    }

    /// Writes files that are not there yet, so that after a crash each is there as a whole or not at all; the caller holds the
    /// lock. To bring a thousand to the disk together takes a fraction of the time that it takes one by one.
    func add(_ identities: [(fileName: String, identity: Identity)], in folder: borrowing Folder) throws(IdentityError)
    {
        self.removeLeftovers(in: folder)
        var written: [(temporary: String, fileName: String)] = []
        do {
            for (fileName, identity) in identities {
                written.append((Self.temporaryName(for: fileName), fileName))
                let temporary = written[written.count - 1].temporary
                try self.create(temporary, content: Array(identity.pem.utf8), in: folder)
            }
            while let (temporary, fileName) = written.last {
                try self.step(.rename, folder.path(of: fileName)) {
                    renameat(folder.descriptor, temporary, folder.descriptor, fileName)
                }
                written.removeLast()
            }
        } catch {
            for (temporary, _) in written { self.remove(temporary, in: folder) }
            throw error
        }
        try self.step(.synchronizeDirectory, folder.path) { fsync(folder.descriptor) }
    }

    private static func temporaryName(for fileName: String) -> String {
        ".\(fileName).\(UInt32.random(in: .min ... .max))\(Self.temporarySuffix)"
    }

    /// Whether a file is there that holds the key of this identity.
    private static func hasKey(of identity: Identity, _ fileName: String, in folder: borrowing Folder) -> Bool {
        let path = folder.path(of: fileName)
        return (try? CertificateFile(path: path).privateKey())?.publicKeyDER == identity.privateKey.publicKeyDER
    }

    /// Gives a file a second name.
    ///
    /// - Returns: the name, or `nil` if there is no such file.
    private static func keep(_ fileName: String, in folder: borrowing Folder) throws(IdentityError) -> String? {
        var number = 0
        while true {
            let old = number == 0 ? "\(fileName).old" : "\(fileName).old.\(number)"
            if linkat(folder.descriptor, fileName, folder.descriptor, old, 0) == 0 { return old }
            if errno == ENOENT { return nil }
            guard errno == EEXIST else { throw .unwritable(path: folder.path(of: old), reason: SystemError.last) }
            number += 1
        }
    }

    /// A lock that processes take in turn, and that ends with its holder if not before.
    struct Lock {
        fileprivate let descriptor: CInt

        func release() {
            close(self.descriptor)
        }
    }

    /// Waits for whoever is writing to be done.
    func lock(_ folder: borrowing Folder) throws(IdentityError) -> Lock {
        let path = folder.path(of: Self.lockName)
        let descriptor = try self.step(.lock, path) {
            openat(folder.descriptor, Self.lockName, O_RDWR | O_CREAT | O_CLOEXEC | O_NOFOLLOW, 0o600)
        }
        while flock(descriptor, LOCK_EX) != 0 {
            guard errno == EINTR else {
                defer { close(descriptor) }
                throw .unwritable(path: path, reason: SystemError.last)
            }
        }
        return Lock(descriptor: descriptor)
    }

    private func create(_ name: String, content: [UInt8], in folder: borrowing Folder) throws(IdentityError) {
        let path = folder.path(of: name)
        let descriptor = try self.step(.create, path) {
            openat(folder.descriptor, name, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC | O_NOFOLLOW, 0o600)
        }
        defer { close(descriptor) }
        var written = 0
        while written < content.count {
            // In blocks, so that a test can stop in the middle of a file.
            let end = min(written + 256, content.count)
            let count = try self.step(.write, path) {
                content[written..<end].withUnsafeBytes { CInt(write(descriptor, $0.baseAddress, $0.count)) }
            }
            written += Int(count)
        }
        try self.step(.synchronizeFile, path) { fsync(descriptor) }
    }

    private func remove(_ name: String, in folder: borrowing Folder) {
        if self.hindrance(.remove) == nil {
            unlinkat(folder.descriptor, name, 0)
        }
    }

    /// What a process that was ended while it wrote has left behind. Nobody else writes while the lock is held.
    private func removeLeftovers(in folder: borrowing Folder) {
        guard let names = try? Self.names(in: folder) else { return }
        for name in names where name.hasPrefix(".") && name.hasSuffix(Self.temporarySuffix) {
            self.remove(name, in: folder)
        }
    }

    /// Calls the system, again where a signal came in between.
    @discardableResult
    private func step(_ step: WriteStep, _ path: String, _ call: () -> CInt) throws(IdentityError) -> CInt {
        if let failure = self.hindrance(step) {
            throw .unwritable(path: path, reason: SystemError.text(failure))
        }
        while true {
            let result = call()
            if result >= 0 {
                return result
            }
            guard errno == EINTR else { throw .unwritable(path: path, reason: SystemError.last) }
        }
    }
}
