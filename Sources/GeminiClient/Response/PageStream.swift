public import GeminiProtocol
import NIOCore

/// A page whose body is still to come.
public struct PageStream: Sendable {
    /// The request and its answer: redirects, certificate, TLS, identity, proxy.
    public let exchange: Exchange

    /// The body as it comes; to be read once.
    public let body: PageBody

    /// Where it comes from, after redirects.
    public var url: GeminiURL { self.exchange.url }

    /// The header of the answer.
    public var header: ResponseHeader { self.exchange.header }

    /// What kind of page it is.
    public var mediaType: MediaType { self.exchange.mediaType }

    /// Reads the body to its end.
    public func collect() async throws(ClientError) -> Page {
        var bytes: [UInt8] = []
        for try await piece in self.body {
            bytes.append(contentsOf: piece.readableBytesView)
        }
        return Page(exchange: self.exchange, body: bytes, isTruncated: self.body.isTruncated ?? true)
    }
}
