public import GeminiProtocol
import NIOConcurrencyHelpers
public import NIOCore

/// The upload of a Titan request: what the client announced, and the bytes, which are not read before they are asked for.
///
/// A responder that looks at token, size, media type and certificate first, and answers, has refused the upload without
/// a byte of it (TI-12). One that takes it reads the body to its end before it keeps anything: only a body that ends
/// without an error is whole (TI-15). Any task.
///
/// ```swift
/// guard let upload = request.upload else { return .failure(.badRequest) }
/// guard upload.parameters.token == secret else { return .failure(.certificateNotAuthorized, "Wrong token.") }
/// let text = try await upload.collect(upTo: 64 * 1024)
/// ```
public struct Upload: Sendable {
    /// One pointer, so that requests without an upload pay nothing for those with one.
    let source: UploadSource

    /// The upload of a connection.
    init(_ source: UploadSource) {
        self.source = source
    }

    /// An upload from anywhere else, for tests and for what stands between a server and a responder. Its bytes are held
    /// against the size just as those of a connection are.
    ///
    /// - Parameters:
    ///   - parameters: what was announced.
    ///   - chunks: the bytes, in pieces of any size.
    ///   - limit: the largest size that is taken where the reader names none, in bytes.
    public init<Chunks: AsyncSequence & Sendable>(
        parameters: TitanParameters,
        chunks: Chunks,
        limit: Int = Limits.standardUploadSize
    ) where Chunks.Element == ByteBuffer {
        self.source = UploadSource(parameters: parameters, limit: limit, counting: chunks)
    }

    /// Size, media type and token, as the client announced them.
    public var parameters: TitanParameters {
        self.source.parameters
    }

    /// The largest size that is taken where the reader names none, in bytes.
    public var limit: Int {
        self.source.limit
    }

    /// The upload with another limit than the server's, in bytes. Read one of the two.
    public func limited(to limit: Int?) -> Upload {
        limit.map { Upload(self.source.limited(to: $0)) } ?? self
    }

    /// The bytes as they come, to be read once. The client is held back while nobody reads, so that an upload of any
    /// size costs a bounded amount of memory (TI-16).
    ///
    /// - Parameter limit: the largest size that is taken, in bytes; without one, the server's ``Limits/uploadSize``.
    /// - Throws: ``UploadError/tooLarge(limit:)`` at once where the announced size is above the limit.
    public func body(upTo limit: Int? = nil) throws(UploadError) -> UploadBody {
        let limit = limit ?? self.source.limit
        guard self.parameters.size <= limit else { throw .tooLarge(limit: limit) }
        return UploadBody(source: self.source)
    }

    /// All of the bytes, in memory.
    ///
    /// - Parameter limit: as for ``body(upTo:)``.
    /// - Throws: ``UploadError``, and `CancellationError`.
    public func collect(upTo limit: Int? = nil) async throws -> ByteBuffer {
        var all = ByteBuffer()
        for try await piece in try self.body(upTo: limit) { all.writeImmutableBuffer(piece) }
        return all
    }
}
