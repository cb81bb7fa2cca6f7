public import GeminiProtocol

/// A server that the ``TrustPolicy`` refused. It has seen neither the request nor a client certificate (GP-176).
public struct UntrustedServer: Sendable {
    /// Why it was refused.
    public let problem: TrustProblem

    /// What it showed.
    public let presentation: ServerPresentation

    /// What was asked for at first.
    public let requestedURL: GeminiURL

    /// What was to be asked of this server, after redirects.
    public let url: GeminiURL

    /// The redirects on the way, in their order.
    public let redirects: [Redirect]

    /// The proxy, if this server is one.
    public let proxy: ProxyServer?
}

extension UntrustedServer: CustomStringConvertible {
    /// One sentence.
    public var description: String {
        let name = "\(self.presentation.host), port \(self.presentation.port),"
        return switch self.problem {
        case .changed:
            "\(name) shows another certificate than before, and the one before is still valid; somebody may be in between."
        case .notPinned: "\(name) shows a certificate that is not the pinned one."
        case .noAuthority(_, let reason): "No trusted authority vouches for \(name) \(reason)"
        case .notValid: "\(name) shows a certificate that is not valid at this time."
        case .otherName: "\(name) shows a certificate that is made for other names."
        case .unreadableKnownHosts(let reason):
            "The known hosts cannot be read, so \(name) cannot be trusted: \(reason)"
        case .undecided: "Nothing says whether \(name) can be trusted."
        }
    }
}
