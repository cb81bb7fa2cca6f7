public import GeminiProtocol

/// Why a redirect leads nowhere (GP-141).
public enum RedirectError: Error, Sendable, Hashable {
    /// The target is no URI reference.
    case unreadable(target: String, on: GeminiURL, URIError)
    /// The target has userinfo.
    case userinfo(target: String, on: GeminiURL)
    /// The target has a scheme of ours and no host.
    case missingHost(target: String, on: GeminiURL)
    /// The target makes no request, being over 1,024 bytes for example.
    case unusable(target: GeminiURL, on: GeminiURL, RequestLineError)

    /// The page that redirected.
    public var source: GeminiURL {
        switch self {
        case .unreadable(_, let source, _), .userinfo(_, let source), .missingHost(_, let source),
            .unusable(_, let source, _):
            source
        }
    }
}

extension RedirectError: CustomStringConvertible {
    /// One sentence.
    public var description: String {
        let subject = "\(self.source) redirects to where nothing can be fetched:"
        return switch self {
        case .unreadable(_, _, let error): "\(subject) \(error)"
        case .userinfo: "\(subject) the address holds a user name."
        case .missingHost: "\(subject) the address has no host."
        case .unusable(_, _, let error): "\(subject) \(error)"
        }
    }
}
