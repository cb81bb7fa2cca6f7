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
    func stamp() throws(StorageError) -> FileStamp? {
        let stamp = FileStamp(path: self.path)
        guard let failure = stamp.failure else { return stamp }
        if failure == ENOENT { return nil }
        throw .unreadable(path: self.path, reason: SystemError.text(failure))
    }

    /// The file's bytes and their stamp; `nil` when there is none.
    func read() throws(StorageError) -> (bytes: [UInt8], stamp: FileStamp)? {
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
        return (bytes, FileStamp(descriptor: descriptor))
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
