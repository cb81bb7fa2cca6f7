import NIOCore
import NIOPosix

#if canImport(Darwin)
import Darwin
#elseif canImport(Glibc)
import Glibc
#elseif canImport(Musl)
import Musl
#endif

extension UploadContent {
    /// A file, read while it is sent. Its size is the one that it has now.
    ///
    /// - Throws: ``UploadContentError/unreadableFile(path:reason:)``, also for what is no regular file.
    public static func file(_ path: String) async throws(UploadContentError) -> UploadContent {
        let size = try await Self.onThreadPool { () throws(UploadContentError) in
            let descriptor = try FileDescriptor(path)
            defer { descriptor.end() }
            return try descriptor.size
        }
        return UploadContent(size: size) { send in
            let descriptor = try await Self.onThreadPool { () throws(UploadContentError) in try FileDescriptor(path) }
            defer { descriptor.end() }
            while true {
                let piece = try await Self.onThreadPool { () throws(UploadContentError) in
                    try descriptor.readPiece(Self.pieceSize)
                }
                guard piece.readableBytes > 0 else { return }
                try await send(piece)
            }
        }
    }

    private static func onThreadPool<Value: Sendable>(
        _ work: @escaping @Sendable () throws(UploadContentError) -> Value
    ) async throws(UploadContentError) -> Value {
        do {
            return try await NIOThreadPool.singleton.runIfActive { try work() }
        } catch let error as UploadContentError {
            throw error
        } catch {
            throw .contentFailed(reason: "\(error)")
        }
    }
}

/// A file that is open for reading. Every call may wait for the disk.
private struct FileDescriptor: Sendable {
    private let path: String
    private let number: CInt

    init(_ path: String) throws(UploadContentError) {
        self.path = path
        // Not blocking, so that a pipe without a writer does not hold up the thread; it is refused below.
        self.number = unsafe open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK)
        guard self.number >= 0 else { throw self.error }
    }

    /// The size of a regular file.
    var size: Int {
        get throws(UploadContentError) {
            var status = stat()
            guard unsafe fstat(self.number, &status) == 0 else { throw self.error }
            guard status.st_mode & S_IFMT == S_IFREG else {
                throw .unreadableFile(path: self.path, reason: "it is no regular file")
            }
            return Int(status.st_size)
        }
    }

    func readPiece(_ count: Int) throws(UploadContentError) -> ByteBuffer {
        var buffer = ByteBuffer()
        var failed = false
        unsafe buffer.writeWithUnsafeMutableBytes(minimumWritableBytes: count) { bytes in
            var result = 0
            repeat {
                result = unsafe read(self.number, bytes.baseAddress, count)
            } while result < 0 && errno == EINTR
            failed = result < 0
            return max(result, 0)
        }
        guard !failed else { throw self.error }
        return buffer
    }

    func end() {
        _ = close(self.number)
    }

    private var error: UploadContentError {
        .unreadableFile(path: self.path, reason: String(describingSystemError: errno))
    }
}
