public import NIOCore

/// The bytes of an upload, in pieces as they come. To be read once, by one task at a time.
///
/// ```swift
/// for try await piece in try upload.body(upTo: 1 << 20) {
///     try file.write(piece)
/// }
/// ```
///
/// The iteration ends when all bytes that were announced have come. It throws ``UploadError`` where fewer or more come, or
/// none in time, and `CancellationError` when its task is cancelled, as it is when the client leaves.
public struct UploadBody: AsyncSequence, Sendable {
    public typealias Element = ByteBuffer

    let source: UploadSource

    public func makeAsyncIterator() -> AsyncIterator {
        AsyncIterator(pull: self.source.take())
    }

    public struct AsyncIterator: AsyncIteratorProtocol {
        let pull: UploadSource.Pull

        /// The next bytes, never none; `nil` at the end of a whole upload.
        public mutating func next() async throws -> ByteBuffer? {
            try await self.pull()
        }
    }
}
