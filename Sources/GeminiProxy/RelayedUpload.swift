import GeminiClient
import GeminiProtocol
import GeminiServer
import NIOConcurrencyHelpers
import NIOCore

/// The visitor's upload on its way to the origin, and what became of it here. Thread-safe.
final class RelayedUpload: Sendable {
    private let body: UploadBody?
    private let size: Int
    private let failed = NIOLockedValueBox<(any Error)?>(nil)

    /// - Returns: `nil` for a request without an upload.
    /// - Throws: an `UploadError` for one that is too large here.
    init?(_ request: Request) throws {
        guard let parameters = request.line.titan?.parameters else { return nil }
        guard let upload = request.upload else {
            guard parameters.size == 0 else { throw OriginRequestError.noBody }
            self.body = nil
            self.size = 0
            return
        }
        self.body = try upload.body()
        self.size = parameters.size
    }

    /// Why the visitor's bytes could not be had, if that is so: the visitor's fault, and not the origin's.
    var failure: (any Error)? {
        self.failed.withLockedValue { $0 }
    }

    var content: UploadContent {
        guard let body else { return .bytes([]) }
        return .stream(size: self.size, Pieces(body: body, failed: self.failed))
    }

    private struct Pieces: AsyncSequence, Sendable {
        let body: UploadBody
        let failed: NIOLockedValueBox<(any Error)?>

        func makeAsyncIterator() -> AsyncIterator {
            AsyncIterator(base: self.body.makeAsyncIterator(), failed: self.failed)
        }

        struct AsyncIterator: AsyncIteratorProtocol {
            var base: UploadBody.AsyncIterator
            let failed: NIOLockedValueBox<(any Error)?>

            mutating func next() async throws -> ByteBuffer? {
                do {
                    return try await self.base.next()
                } catch {
                    self.failed.withLockedValue { $0 = error }
                    throw error
                }
            }
        }
    }
}
