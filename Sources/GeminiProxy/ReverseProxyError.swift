public import GeminiProtocol

/// Why there is no ``ReverseProxy``, or no more of a page.
public enum ReverseProxyError: Error, Hashable, CustomStringConvertible {
    /// The text is no URL.
    case noURL(String, URIError)
    /// The URL is none that an origin can have.
    case unusableOrigin(GeminiURL)
    /// The page broke off at the origin.
    case truncated

    public var description: String {
        switch self {
        case .noURL(let text, let error):
            "\(text) is no address of a server: \(error)"
        case .unusableOrigin(let url):
            "\(url) is no address to proxy to: give a gemini:// address without a query and a fragment."
        case .truncated:
            "The page broke off at the origin, which ended the connection without close_notify."
        }
    }
}
