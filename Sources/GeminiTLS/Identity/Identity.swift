package import GeminiProtocol
package import NIOSSL

/// A certificate chain and the private key of its first certificate, known to belong together.
///
/// ```swift
/// let identity = try Identity.load(from: "example.org.pem", at: now)
/// let identity = try Identity.generate(names: ["example.org", "192.0.2.1"], at: now)
/// ```
///
/// NIOSSL gets values from here and never file paths: it picks PEM or DER by a file's extension, and ends the process
/// over some bad files.
package struct Identity: Sendable {
    /// The certificate of the key first, then those that lead from it to an authority.
    package let certificates: [Certificate]
    package let privateKey: PrivateKey
    /// What is worth telling the operator.
    package var warnings: [IdentityWarning]

    /// Puts together what is known to belong together.
    init(certificates: [Certificate], privateKey: PrivateKey, warnings: [IdentityWarning] = []) {
        precondition(!certificates.isEmpty, "an identity has a certificate")
        self.certificates = certificates
        self.privateKey = privateKey
        self.warnings = warnings
    }

    /// The certificate of the key.
    package var leaf: Certificate {
        self.certificates[0]
    }

    /// Whether the key itself signed its certificate.
    package var isSelfSigned: Bool {
        guard self.leaf.isSelfIssued, let signed = self.leaf.layout.toBeSigned,
            let signature = self.leaf.layout.signature
        else { return false }
        return self.privateKey.made(
            signature: Array(self.leaf.der[signature]),
            over: Array(self.leaf.der[signed])
        )
    }

    /// The names among these that the certificate is not for, in their order.
    package func uncovered(_ names: [String]) -> [String] {
        names.filter { !self.leaf.covers($0) }
    }

    /// Whether the certificate is valid at this moment.
    package func isValid(at now: Timestamp) -> Bool {
        guard let notBefore = self.leaf.notBefore, let notAfter = self.leaf.notAfter else { return false }
        return (notBefore...max(notBefore, notAfter)).contains(now)
    }

    /// The chain and then the key, in PEM: what we keep on disk, and what every other tool reads.
    package var pem: String {
        self.certificates.map { PEMBlock.text(label: "CERTIFICATE", content: $0.der) }.joined()
            + PEMBlock.text(label: "PRIVATE KEY", content: self.privateKey.pkcs8)
    }

    /// The chain for a TLS configuration.
    package func nioSSLCertificates() throws -> [NIOSSLCertificate] {
        try self.certificates.map { try NIOSSLCertificate(bytes: $0.der, format: .der) }
    }

    /// The key for a TLS configuration.
    package func nioSSLPrivateKey() throws -> NIOSSLPrivateKey {
        try NIOSSLPrivateKey(bytes: self.privateKey.pkcs8, format: .der)
    }
}
