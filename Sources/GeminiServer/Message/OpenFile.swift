import CLinux
package import NIOCore

#if canImport(Darwin)
import Darwin
#elseif canImport(Glibc)
import Glibc
#elseif canImport(Musl)
import Musl
#endif

/// A regular file that is open for reading, and closed when the last reference to it goes.
///
/// Reads name their offset, so that nothing is shared between readers but the descriptor. Any thread.
public final class OpenFile: Sendable {
    /// The length in bytes when it was opened.
    public let length: Int64

    package let descriptor: CInt

    /// Takes over a descriptor that is open on a regular file of this length.
    public init(takingOwnershipOf descriptor: CInt, length: Int64) {
        self.descriptor = descriptor
        self.length = length
    }

    deinit {
        _ = close(self.descriptor)
    }

    /// What a read came to.
    package enum ReadResult {
        case bytes(Int)
        /// The bytes are not in memory: only a thread that may block should read them.
        case wouldWait
        case failed(errno: CInt)
    }

    /// Appends what can be read without waiting for a disk. For event loops.
    func readWithoutWaiting(_ count: Int, at offset: Int64, into buffer: inout ByteBuffer) -> ReadResult {
        let descriptor = self.descriptor
        let result = unsafe self.read(count, into: &buffer) { base, count in
            unsafe clinux_pread_nowait(descriptor, base, count, off_t(offset))
        }
        switch result {
        case .failed(EAGAIN), .failed(EOPNOTSUPP), .failed(ENOSYS), .failed(EINVAL):
            return .wouldWait
        default:
            return result
        }
    }

    /// Appends what one read brings, waiting for the disk where that is needed. For threads that may block.
    package func read(_ count: Int, at offset: Int64, into buffer: inout ByteBuffer) -> ReadResult {
        let descriptor = self.descriptor
        return unsafe self.read(count, into: &buffer) { base, count in
            unsafe pread(descriptor, base, count, off_t(offset))
        }
    }

    private func read(
        _ count: Int,
        into buffer: inout ByteBuffer,
        with call: (UnsafeMutableRawPointer?, Int) -> Int
    ) -> ReadResult {
        var failure: CInt = 0
        let read = unsafe buffer.writeWithUnsafeMutableBytes(minimumWritableBytes: count) { space in
            while true {
                let result = unsafe call(space.baseAddress, count)
                if result >= 0 { return result }
                if errno == EINTR { continue }
                failure = errno
                return 0
            }
        }
        return failure == 0 ? .bytes(read) : .failed(errno: failure)
    }
}
