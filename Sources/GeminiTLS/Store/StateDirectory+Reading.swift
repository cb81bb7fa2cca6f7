package import GeminiProtocol

#if canImport(Darwin)
import Darwin
#elseif canImport(Musl)
import Musl
#else
import Glibc
#endif

extension StateDirectory {
    /// The identity that is kept for a host.
    ///
    /// - Parameter evenIfExpired: to look at it rather than to use it.
    /// - Returns: `nil` where none is kept.
    /// - Throws: for a file that somebody else owns or may write to, that is damaged, or expired.
    package func load(
        _ name: String,
        at now: Timestamp,
        evenIfExpired: Bool = false
    ) throws(IdentityError) -> Identity? {
        guard let folder = try Folder.existing(of: self) else { return nil }
        return try self.read(Self.fileName(for: name), in: folder, at: now, evenIfExpired: evenIfExpired)
    }

    /// The files that are kept, as full paths in alphabetical order.
    package func paths() throws(IdentityError) -> [String] {
        guard let folder = try Folder.existing(of: self) else { return [] }
        return try Self.names(in: folder).filter { $0.hasSuffix(".pem") && !$0.hasPrefix(".") }.sorted()
            .map { folder.path(of: $0) }
    }

    /// The file of the identity that is used for a host: its own, or another's whose certificate is for it too.
    ///
    /// - Returns: the path of the host's own file where there is neither.
    package func path(keeping name: String, at now: Timestamp) throws(IdentityError) -> String {
        guard let folder = try Folder.existing(of: self) else { return self.path(for: name) }
        return folder.path(of: try self.fileName(keeping: name, in: folder, at: now))
    }

    func fileName(
        keeping name: String,
        in folder: borrowing Folder,
        at now: Timestamp
    ) throws(IdentityError) -> String {
        let own = Self.fileName(for: name)
        guard !Self.exists(own, in: folder) else { return own }
        for (other, leaf) in try self.leaves(in: folder, at: now) where leaf.covers(name) { return other }
        return own
    }

    /// Whether there is something of that name in the folder.
    static func exists(_ fileName: String, in folder: borrowing Folder) -> Bool {
        faccessat(folder.descriptor, fileName, F_OK, AT_SYMLINK_NOFOLLOW) == 0
    }

    /// The certificates that are kept, by file in alphabetical order. What cannot be used is passed over.
    func leaves(in folder: borrowing Folder, at now: Timestamp) throws(IdentityError) -> [(String, Certificate)] {
        var leaves: [(String, Certificate)] = []
        for name in try Self.names(in: folder).sorted() where name.hasSuffix(".pem") && !name.hasPrefix(".") {
            guard let identity = try? self.read(name, in: folder, at: now, evenIfExpired: true) else { continue }
            leaves.append((name, identity.leaf))
        }
        return leaves
    }

    func read(
        _ fileName: String,
        in folder: borrowing Folder,
        at now: Timestamp,
        evenIfExpired: Bool
    ) throws(IdentityError) -> Identity? {
        let path = folder.path(of: fileName)
        let descriptor = openat(folder.descriptor, fileName, O_RDONLY | O_CLOEXEC | O_NOFOLLOW | O_NONBLOCK)
        guard descriptor >= 0 else {
            if errno == ENOENT {
                return nil
            }
            throw .unreadable(path: path, reason: SystemError.last)
        }
        defer { close(descriptor) }
        let file = try CertificateFile(path: path, descriptor: descriptor)
        try self.checkSafety(path: path, owner: file.owner, mode: file.mode)
        var identity = try Identity.pair(
            of: try file.certificates(),
            from: file,
            with: try file.privateKey(),
            in: file
        )
        if file.mode & 0o044 != 0 {
            identity.warnings.append(.keyReadableByOthers(path: path, mode: file.mode))
        }
        try identity.checkValidity(path: path, at: now, evenIfExpired: evenIfExpired)
        return identity
    }

    /// The names of what is in the folder.
    static func names(in folder: borrowing Folder) throws(IdentityError) -> [String] {
        // A stream closes its descriptor, and moves its offset: it gets one of its own.
        let descriptor = openat(folder.descriptor, ".", O_RDONLY | O_DIRECTORY | O_CLOEXEC)
        guard descriptor >= 0 else { throw .unreadable(path: folder.path, reason: SystemError.last) }
        return try FolderNames.read(closing: descriptor, path: folder.path)
    }
}
