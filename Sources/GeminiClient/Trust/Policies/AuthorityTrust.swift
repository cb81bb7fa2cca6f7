import GeminiProtocol
import GeminiTLS

/// Trusts servers for which an authority vouches: the chain of signatures leads to a trusted root, every certificate in
/// it is valid now, and the server's is for servers and for this name.
///
/// Refuses all others, so that most of Gemini, which signs for itself, needs another policy beside it:
///
/// ```swift
/// let policy: any TrustPolicy = .any(.authority(try .system()), .trustOnFirstUse(knownHosts))
/// ```
public struct AuthorityTrust: TrustPolicy {
    private let authorities: CertificateAuthorities

    /// - Parameter roots: those among them that cannot be read as certificates vouch for nobody.
    public init(_ roots: TrustRoots) {
        self.authorities = CertificateAuthorities(roots.certificates.map(\.certificate))
    }

    public func judge(_ server: ServerPresentation) async -> TrustVerdict {
        guard let shown = server.certificate else { return .undecided }
        if case .refused(let problem) = await ValidityRequirement().judge(server) { return .refused(problem) }
        if case .refused(let problem) = await NameRequirement(.exact).judge(server) { return .refused(problem) }
        let chain = server.certificates.map(\.certificate)
        switch self.authorities.verdict(on: chain, for: .server, at: server.time) {
        case .trusted: return .trusted
        case .selfSigned: return .refused(.noAuthority(shown, reason: "it is signed by itself"))
        case .untrusted(let reason): return .refused(.noAuthority(shown, reason: reason))
        }
    }
}

extension TrustPolicy where Self == AuthorityTrust {
    /// Trusts servers for which one of these authorities vouches, and refuses others.
    public static func authority(_ roots: TrustRoots) -> AuthorityTrust {
        AuthorityTrust(roots)
    }
}
