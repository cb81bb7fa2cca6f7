public import GeminiProtocol

/// Asks for pages: over the network, or in a folder.
public protocol PageFetcher: Sendable {
    /// Asks for a URL once. Redirects are answers like others, and are not followed.
    ///
    /// - Parameters:
    ///   - url: what to ask for; it has no fragment.
    ///   - wantsBody: whether the body of a page of gemtext is of interest; other bodies never are.
    func fetch(_ url: GeminiURL, wantsBody: Bool) async -> FetchAnswer
}

/// What came of asking for a page.
public enum FetchAnswer: Sendable {
    /// The server answered. The body is there if it was wanted and is gemtext.
    case response(ResponseHeader, body: [UInt8]?)
    /// There was no answer; one sentence says why.
    case unreachable(reason: String)
    /// A robots.txt asks programs not to ask.
    case forbidden
}
