public import GeminiProtocol
import GeminiTLS
import NIOSSL

/// A certificate that a server showed in the handshake.
///
/// Nothing here fails: what cannot be read in an odd certificate is `nil` or empty.
public struct ServerCertificate: Hashable, Sendable {
    let certificate: Certificate

    /// - Parameter der: the certificate in DER.
    public init(der: [UInt8]) {
        self.certificate = Certificate(der: der)
    }

    init?(_ certificate: NIOSSLCertificate) {
        guard let der = try? certificate.toDERBytes() else { return nil }
        self.init(der: der)
    }

    /// The whole certificate in DER.
    public var der: [UInt8] { self.certificate.der }

    /// The SHA-256 of the whole certificate; changes with each renewal.
    public var fingerprint: Fingerprint { self.certificate.fingerprint }

    /// The SHA-256 of the public key, which stays when a certificate is renewed with the same key (GP-175).
    public var publicKeyFingerprint: Fingerprint? { self.certificate.publicKeyFingerprint }

    /// The subject's common name.
    public var commonName: String? { self.certificate.subject?.commonName }

    /// The host names that it is made for.
    public var dnsNames: [String] { self.certificate.dnsNames }

    /// The addresses that it is made for.
    public var ipAddresses: [String] { self.certificate.ipAddresses }

    /// The first second in which it is valid.
    public var notBefore: Timestamp? { self.certificate.notBefore }

    /// The last second in which it is valid.
    public var notAfter: Timestamp? { self.certificate.notAfter }

    /// Whether it is made for a host, a wildcard standing for one label.
    public func covers(_ host: Host) -> Bool {
        self.certificate.covers(host.description)
    }
}
