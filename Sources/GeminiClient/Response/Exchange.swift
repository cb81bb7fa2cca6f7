public import GeminiProtocol

/// One request and its answer, apart from the body.
public struct Exchange: Sendable {
    /// What was asked for at first, fragment included.
    public let requestedURL: GeminiURL

    /// Where the answer came from, after redirects; with the fragment to apply (GP-135).
    public let url: GeminiURL

    /// The redirects on the way, in their order.
    public let redirects: [Redirect]

    /// The header of the answer.
    public let header: ResponseHeader

    /// What the server did against the protocol in that header.
    public let deviations: ReceivedResponseHeader.Deviations

    /// What the server showed of itself.
    public let server: ServerPresentation

    /// What was negotiated; says whether TLS 1.2 or 1.3 was spoken (GP-008).
    public let tls: TLSSession

    /// The identity that the server was shown.
    public let identity: ClientIdentity?

    /// The server that stood in between and saw everything; `nil` without one (GP-185).
    public let proxy: ProxyServer?

    /// The server's certificate; the proxy's where there is one.
    public var certificate: ServerCertificate? { self.server.certificate }

    /// Where the resource is from now on: what to write into a bookmark.
    ///
    /// The requested URL, or the end of the permanent redirects that came first: what follows a temporary one may change
    /// (GP-137, GP-138).
    public var permanentURL: GeminiURL {
        self.redirects.prefix { $0.isPermanent }.last?.target ?? self.requestedURL
    }
}
