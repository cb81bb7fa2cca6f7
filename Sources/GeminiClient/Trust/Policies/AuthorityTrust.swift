import GeminiProtocol
import SwiftASN1
import X509

/// Trusts servers for which an authority vouches: the chain of signatures leads to a trusted root, every certificate in
/// it is valid now, and the server's is for servers and for this name.
///
/// Refuses all others, so that most of Gemini, which signs for itself, needs another policy beside it:
///
/// ```swift
/// let policy: any TrustPolicy = .any(.authority(try .system()), .trustOnFirstUse(knownHosts))
/// ```
public struct AuthorityTrust: TrustPolicy {
    private let roots: CertificateStore

    /// - Parameter roots: those among them that cannot be read as certificates vouch for nobody.
    public init(_ roots: TrustRoots) {
        self.roots = CertificateStore(roots.certificates.compactMap { try? Certificate(derEncoded: $0.der) })
    }

    public func judge(_ server: ServerPresentation) async -> TrustVerdict {
        guard let shown = server.certificate else { return .undecided }
        if case .refused(let problem) = await ValidityRequirement().judge(server) { return .refused(problem) }
        if case .refused(let problem) = await NameRequirement(.exact).judge(server) { return .refused(problem) }
        guard let leaf = try? Certificate(derEncoded: shown.der) else {
            return .refused(.noAuthority(shown, reason: "it cannot be read"))
        }
        guard Self.isForServers(leaf) else {
            return .refused(.noAuthority(shown, reason: "it is not made for servers"))
        }
        let intermediates = server.certificates.dropFirst().prefix(Self.longestChain)
            .compactMap { try? Certificate(derEncoded: $0.der) }
        let host = server.host.withoutTrailingDot
        var verifier = Verifier(rootCertificates: self.roots) {
            RFC5280Policy()
            ServerIdentityPolicy(serverHostname: host.name, serverIP: KnownHostsFormat.bareName(host))
        }
        switch await verifier.validate(leaf: leaf, intermediates: CertificateStore(intermediates)) {
        case .validCertificate:
            return .trusted
        case .couldNotValidate(let failures):
            return .refused(.noAuthority(shown, reason: Self.reason(failures)))
        }
    }

    /// More certificates of a server are not looked at: paths through them multiply.
    private static let longestChain = 8

    /// Without the extension a certificate is for anything.
    private static func isForServers(_ certificate: Certificate) -> Bool {
        guard certificate.extensions[oid: .X509ExtensionID.extendedKeyUsage] != nil else { return true }
        guard let usage = try? certificate.extensions.extendedKeyUsage else { return false }
        return usage.contains(.serverAuth) || usage.contains(.any)
    }

    private static func reason(_ failures: [CertificateValidationResult.PolicyFailure]) -> String {
        failures.isEmpty ? "its chain leads to none of them" : "its chain breaks a rule of RFC 5280"
    }
}

extension TrustPolicy where Self == AuthorityTrust {
    /// Trusts servers for which one of these authorities vouches, and refuses others.
    public static func authority(_ roots: TrustRoots) -> AuthorityTrust {
        AuthorityTrust(roots)
    }
}
