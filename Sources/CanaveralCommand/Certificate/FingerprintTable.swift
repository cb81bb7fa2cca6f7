import GeminiProtocol
import GeminiTLS

/// The fingerprints of a certificate, in the spellings in which people meet them.
struct FingerprintTable {
    private let certificate: Certificate

    init(_ certificate: Certificate) {
        self.certificate = certificate
    }

    func print() {
        let whole = self.certificate.fingerprint
        Terminal.result("SHA-256 of the certificate:")
        self.line("jetforce", whole.spelled(.jetforce))
        self.line("base64url", whole.spelled(.urlSafeBase64))
        self.line("openssl", whole.spelled(.colons))
        self.line("plain", whole.spelled(.lowerHexadecimal))
        guard let key = self.certificate.publicKeyFingerprint else { return }
        Terminal.result("SHA-256 of the public key (stays when the certificate is renewed):")
        self.line("Lagrange", key.spelled(.lowerHexadecimal))
        self.line("Amfora", key.spelled(.upperHexadecimal))
        self.line("base64", key.spelled(.base64))
    }

    private func line(_ label: String, _ value: String) {
        Terminal.result("  \(label):".padded(to: 14) + value)
    }
}
