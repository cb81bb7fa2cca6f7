public import GeminiProtocol
import GeminiTLS

/// What a host's certificate says of itself, for status pages and metrics.
public struct HostCertificate: Hashable, Sendable {
    /// The names and patterns of the host, as clients spell names in a hello; the certificate may have others.
    public var names: [String]

    /// The last second in which the certificate is valid.
    public var notAfter: Timestamp?
}

extension VirtualHost {
    /// Its certificate as it stands.
    var certificate: HostCertificate {
        HostCertificate(names: self.serverNames, notAfter: self.identity.current.leaf.notAfter)
    }
}
