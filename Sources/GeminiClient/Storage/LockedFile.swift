import GeminiTLS
import NIOConcurrencyHelpers

#if canImport(Darwin)
import Darwin
#elseif canImport(Musl)
import Musl
#else
import Glibc
#endif

/// A small file that several processes read and change, each change in one piece.
///
/// Readers take no lock: the file is replaced as a whole, so that what they open is the old one or the new one. Writers
/// take turns by an advisory lock on a file beside it, which ends with its holder. What is not `async` waits for
/// the disk: not for event loops.
struct LockedFile: Sendable {
    /// What the file system says of a file, by which a changed one is told.
    struct Stamp: Sendable, Hashable {
        fileprivate let device: UInt64
        fileprivate let inode: UInt64
        fileprivate let size: Int64
        fileprivate let modified: [Int]
        fileprivate let changed: [Int]

        /// Whether the file has been as it is for so long that another change has to give it another stamp. The clocks of
        /// file systems tick every few milliseconds, and the number of a file that was replaced is soon used again.
        var isSettled: Bool {
            var now = timespec()
            unsafe clock_gettime(CLOCK_REALTIME, &now)
            return self.changed[0] + 1 < now.tv_sec
        }
    }

    static let largest = 32 << 20

    let path: String
    /// How long to wait for another process's lock.
    var patience = Duration.seconds(10)
    /// Asked before each step of a change; tests let steps fail.
    var hindrance: @Sendable (Step) -> CInt? = { _ in nil }
    /// Threads of this process queue up here: the lock is among processes.
    let queue = NIOLock()

    init(path: String) {
        self.path = path
    }

    /// The stamp of the file as it is now; `nil` when there is none.
    func stamp() throws(StorageError) -> Stamp? {
        var status = stat()
        guard unsafe stat(self.path, &status) == 0 else {
            if errno == ENOENT { return nil }
            throw .unreadable(path: self.path, reason: SystemError.last)
        }
        return Stamp(status)
    }

    /// The file's bytes and their stamp; `nil` when there is none.
    func read() throws(StorageError) -> (bytes: [UInt8], stamp: Stamp)? {
        // Not blocking, so that a FIFO in its place is refused instead of waited for.
        let descriptor = unsafe open(self.path, O_RDONLY | O_CLOEXEC | O_NONBLOCK)
        guard descriptor >= 0 else {
            if errno == ENOENT { return nil }
            throw .unreadable(path: self.path, reason: SystemError.last)
        }
        defer { close(descriptor) }
        var status = stat()
        guard unsafe fstat(descriptor, &status) == 0 else {
            throw .unreadable(path: self.path, reason: SystemError.last)
        }
        guard status.st_mode & S_IFMT == S_IFREG else {
            throw .unreadable(path: self.path, reason: "it is not a regular file")
        }
        guard status.st_size <= Self.largest else { throw .tooLarge(path: self.path) }
        var bytes: [UInt8] = []
        bytes.reserveCapacity(Int(status.st_size))
        var chunk = [UInt8](repeating: 0, count: 1 << 16)
        while true {
            let count = unsafe chunk.withUnsafeMutableBytes { buffer in
                unsafe Self.read(descriptor, buffer)
            }
            guard count >= 0 else { throw .unreadable(path: self.path, reason: SystemError.last) }
            guard count > 0 else { break }
            bytes += chunk[..<count]
            guard bytes.count <= Self.largest else { throw .tooLarge(path: self.path) }
        }
        return (bytes, Stamp(status))
    }

    private static func read(_ descriptor: CInt, _ buffer: UnsafeMutableRawBufferPointer) -> Int {
        while true {
            #if canImport(Darwin)
            let count = unsafe Darwin.read(descriptor, buffer.baseAddress, buffer.count)
            #elseif canImport(Musl)
            let count = unsafe Musl.read(descriptor, buffer.baseAddress, buffer.count)
            #else
            let count = unsafe Glibc.read(descriptor, buffer.baseAddress, buffer.count)
            #endif
            if count < 0, errno == EINTR { continue }
            return count
        }
    }
}

extension LockedFile.Stamp {
    fileprivate init(_ status: stat) {
        self.device = UInt64(truncatingIfNeeded: status.st_dev)
        self.inode = UInt64(truncatingIfNeeded: status.st_ino)
        self.size = Int64(status.st_size)
        #if canImport(Darwin)
        let (modified, changed) = (status.st_mtimespec, status.st_ctimespec)
        #else
        let (modified, changed) = (status.st_mtim, status.st_ctim)
        #endif
        self.modified = [modified.tv_sec, modified.tv_nsec]
        self.changed = [changed.tv_sec, changed.tv_nsec]
    }
}
