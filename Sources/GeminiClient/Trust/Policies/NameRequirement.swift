import GeminiProtocol
import GeminiTLS

/// Refuses certificates that are made for other names (GP-177), and has nothing to say about others.
///
/// For ``TrustPolicy/all(_:)`` and ``TrustPolicy/first(_:)``.
public struct NameRequirement: TrustPolicy {
    /// When a certificate is for a host.
    public enum Rule: Sendable, Hashable {
        /// One of its alternative names is the host, or a wildcard for its first label (RFC 6125).
        case exact
        /// As Lagrange has it: as above, or it is for a domain of at least two labels above the host, as if each name
        /// had a wildcard of any depth; and where there are no alternative names the common name counts.
        case lagrange
    }

    public let rule: Rule

    public init(_ rule: Rule = .lagrange) {
        self.rule = rule
    }

    public func judge(_ server: ServerPresentation) async -> TrustVerdict {
        guard let certificate = server.certificate else { return .undecided }
        return self.covers(server.host.withoutTrailingDot, certificate)
            ? .undecided : .refused(.otherName(certificate, host: server.host))
    }

    private func covers(_ host: Host, _ certificate: ServerCertificate) -> Bool {
        switch self.rule {
        case .exact:
            return certificate.covers(host)
        case .lagrange:
            return Self.domains(from: host).contains { domain in
                certificate.certificate.covers(domain, orByCommonName: true)
            }
        }
    }

    /// The host and the domains above it, without those of one label.
    private static func domains(from host: Host) -> [String] {
        var domains = [host.description]
        guard var rest = host.name?[...] else { return domains }
        while let dot = rest.firstIndex(of: ".") {
            rest = rest[rest.index(after: dot)...]
            guard rest.contains(".") else { break }
            domains.append(String(rest))
        }
        return domains
    }
}

extension TrustPolicy where Self == NameRequirement {
    /// Refuses certificates that are made for other names, by Lagrange's rule.
    public static var named: NameRequirement { NameRequirement() }
}
