public import GeminiProtocol

/// A whole page.
///
/// ```swift
/// let page = try await client.page(at: "gemini://example.org/")
/// for link in try page.links { print(link.url ?? link.target) }
/// ```
public struct Page: Sendable {
    /// The request and its answer: redirects, certificate, TLS, identity, proxy.
    public let exchange: Exchange

    /// The bytes as they came.
    public let body: [UInt8]

    /// Whether the connection ended without TLS's close_notify, so that a part may be missing (GP-013). Many servers
    /// forget the close_notify of a page that is whole.
    public let isTruncated: Bool

    public init(exchange: Exchange, body: [UInt8], isTruncated: Bool) {
        self.exchange = exchange
        self.body = body
        self.isTruncated = isTruncated
    }

    /// Where it came from, after redirects.
    public var url: GeminiURL { self.exchange.url }

    /// What was asked for.
    public var requestedURL: GeminiURL { self.exchange.requestedURL }

    /// The header of the answer.
    public var header: ResponseHeader { self.exchange.header }

    /// What kind of page it is.
    public var mediaType: MediaType { self.exchange.mediaType }
}

extension Exchange {
    /// The media type of a page; bytes of which nothing is known, where the server named none that can be read (GP-114).
    public var mediaType: MediaType {
        (try? self.header.mediaType()) ?? .octetStream
    }
}
