import NIOCore

/// A task that waits for the next bytes of an upload. The number tells its question from those before.
struct UploadReader {
    let number: Int
    let continuation: CheckedContinuation<ByteBuffer?, any Error>
}
