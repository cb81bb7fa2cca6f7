import GeminiProtocol
import NIOConcurrencyHelpers
import NIOCore

/// Where the bytes of an upload come from. Thread-safe.
final class UploadSource: Sendable {
    /// The next bytes, never none; `nil` at the end, which is only that of a whole upload.
    typealias Pull = () async throws -> ByteBuffer?

    let parameters: TitanParameters
    /// The largest size that is taken where the reader names none.
    let limit: Int
    private let makePull: @Sendable () -> Pull
    private let isTaken = NIOLockedValueBox(false)

    init(parameters: TitanParameters, limit: Int, makePull: @escaping @Sendable () -> Pull) {
        self.parameters = parameters
        self.limit = limit
        self.makePull = makePull
    }

    /// Takes bytes from a sequence that knows nothing of the size.
    convenience init<Chunks: AsyncSequence & Sendable>(
        parameters: TitanParameters,
        limit: Int,
        counting chunks: Chunks
    ) where Chunks.Element == ByteBuffer {
        self.init(parameters: parameters, limit: limit) {
            var iterator = chunks.makeAsyncIterator()
            var count = UploadCount(size: parameters.size)
            return {
                while let chunk = try await iterator.next(isolation: #isolation) {
                    try count.add(chunk.readableBytes)
                    if chunk.readableBytes > 0 { return chunk }
                }
                try count.end()
                return nil
            }
        }
    }

    /// The bytes for the first who asks, and an error for everybody after.
    func take() -> Pull {
        let isFirst = self.isTaken.withLockedValue { isTaken in
            defer { isTaken = true }
            return !isTaken
        }
        return isFirst ? self.makePull() : { throw UploadMisuse.readTwice }
    }
}
