import GeminiTLS
import NIOConcurrencyHelpers

#if canImport(Darwin)
import Darwin
#elseif canImport(Musl)
import Musl
#else
import Glibc
#endif

extension LockedFile {
    /// The steps of a change.
    enum Step: Sendable, Hashable, CaseIterable {
        case lock
        case create
        case write
        case synchronizeFile
        case rename
        case synchronizeFolder
    }

    /// What becomes of a file.
    struct Change<Result> {
        /// The new content; `nil` leaves the file as it is.
        var bytes: [UInt8]?
        var result: Result
    }

    /// Changes the file while no other process does.
    ///
    /// A crash at any moment, also of the machine, leaves the old file or the new one. Folders that are missing are made
    /// for the user alone (0700), the file too (0600); one that is there keeps its mode. Of a symbolic link the target
    /// is replaced.
    ///
    /// - Parameter body: gets the content, `nil` when there is no file.
    /// - Throws: ``StorageError/locked(path:)`` at once when another process has the lock.
    func change<Result>(
        _ body: ([UInt8]?) throws(StorageError) -> Change<Result>
    ) throws(StorageError) -> Result {
        self.queue.lock()
        defer { self.queue.unlock() }
        let target = LockedFile.target(of: self.path)
        try self.makeFolders(Self.folder(of: target))
        let lock = try self.lock(target + ".lock")
        defer { close(lock) }
        let change = try body(try self.read()?.bytes)
        if let bytes = change.bytes {
            // What could not be read again is not written.
            guard bytes.count <= Self.largest else { throw .tooLarge(path: self.path) }
            try self.replace(target, with: bytes)
        }
        return change.result
    }

    /// Where a path leads to.
    private static func target(of path: String) -> String {
        guard let resolved = unsafe realpath(path, nil) else { return path }
        defer { unsafe free(resolved) }
        return unsafe String(cString: resolved)
    }

    private static func folder(of path: String) -> String {
        guard let slash = path.lastIndex(of: "/") else { return "." }
        return slash == path.startIndex ? "/" : String(path[..<slash])
    }

    private func makeFolders(_ path: String) throws(StorageError) {
        var missing: [String] = []
        var folder = path
        while unsafe access(folder, F_OK) != 0, errno == ENOENT, folder != ".", folder != "/" {
            missing.append(folder)
            folder = Self.folder(of: folder)
        }
        for folder in missing.reversed() where unsafe mkdir(folder, 0o700) != 0 && errno != EEXIST {
            throw .unwritable(path: folder, reason: SystemError.last)
        }
    }

    /// Takes the lock, which is held until its descriptor is closed.
    private func lock(_ path: String) throws(StorageError) -> CInt {
        let descriptor = try self.step(.lock) {
            unsafe open(path, O_RDWR | O_CREAT | O_CLOEXEC | O_NOFOLLOW, 0o600 as mode_t)
        }
        while flock(descriptor, LOCK_EX | LOCK_NB) != 0 {
            let code = errno
            guard code == EINTR else {
                close(descriptor)
                throw code == EWOULDBLOCK
                    ? .locked(path: self.path) : .unwritable(path: path, reason: SystemError.text(code))
            }
        }
        return descriptor
    }

    private func replace(_ target: String, with bytes: [UInt8]) throws(StorageError) {
        // One name is enough while the lock is held, and what a crash left there is overwritten.
        let temporary = target + ".new"
        var status = stat()
        let mode = unsafe stat(target, &status) == 0 ? status.st_mode & 0o777 : 0o600
        do throws(StorageError) {
            let descriptor = try self.step(.create) {
                // Not blocking, so that a FIFO there is an error instead of waited for.
                unsafe open(
                    temporary,
                    O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC | O_NOFOLLOW | O_NONBLOCK,
                    0o600 as mode_t
                )
            }
            defer { close(descriptor) }
            try self.step(.create) { fchmod(descriptor, mode) }
            try self.write(bytes, to: descriptor)
            try self.step(.synchronizeFile) { fsync(descriptor) }
            try self.step(.rename) { unsafe rename(temporary, target) }
        } catch {
            unsafe unlink(temporary)
            throw error
        }
        let folder = unsafe open(Self.folder(of: target), O_RDONLY | O_DIRECTORY | O_CLOEXEC)
        guard folder >= 0 else { throw .unwritable(path: self.path, reason: SystemError.last) }
        defer { close(folder) }
        try self.step(.synchronizeFolder) { fsync(folder) }
    }

    private func write(_ bytes: [UInt8], to descriptor: CInt) throws(StorageError) {
        var written = 0
        while written < bytes.count {
            // In blocks, so that a test can stop in the middle of a file.
            let end = min(written + 65_536, bytes.count)
            var count = 0
            try self.step(.write) {
                count = unsafe bytes[written..<end].withUnsafeBytes { unsafe Self.write(descriptor, $0) }
                return count < 0 ? -1 : 0
            }
            written += count
        }
    }

    private static func write(_ descriptor: CInt, _ buffer: UnsafeRawBufferPointer) -> Int {
        #if canImport(Darwin)
        unsafe Darwin.write(descriptor, buffer.baseAddress, buffer.count)
        #elseif canImport(Musl)
        unsafe Musl.write(descriptor, buffer.baseAddress, buffer.count)
        #else
        unsafe Glibc.write(descriptor, buffer.baseAddress, buffer.count)
        #endif
    }

    /// Calls the system, again where a signal came in between.
    @discardableResult
    private func step(_ step: Step, _ call: () -> CInt) throws(StorageError) -> CInt {
        if let failure = self.hindrance(step) {
            throw .unwritable(path: self.path, reason: SystemError.text(failure))
        }
        while true {
            let result = call()
            if result >= 0 { return result }
            guard errno == EINTR else { throw .unwritable(path: self.path, reason: SystemError.last) }
        }
    }
}
