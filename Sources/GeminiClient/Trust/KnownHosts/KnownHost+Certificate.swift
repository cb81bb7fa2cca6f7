import Crypto
public import GeminiProtocol

extension KnownHost {
    /// What is to be remembered of a certificate that a server showed.
    public init(_ certificate: ServerCertificate, host: Host, port: UInt16) {
        self.init(
            host: host,
            port: port,
            fingerprint: certificate.fingerprint,
            publicKeyFingerprint: certificate.publicKeyFingerprint,
            sha512: Array(SHA512.hash(data: certificate.der)),
            notAfter: certificate.notAfter
        )
    }
}
