import GeminiProtocol
import GeminiTLS

/// What there is to say of a server's certificate.
struct CertificateReview {
    /// The server's own first.
    var certificates: [Certificate]
    var host: Host
    var now: Timestamp

    /// From here on, the end of a certificate is near.
    private static let nearEnd = 14
    private static let smallestRSA = 2048

    var findings: [Finding] {
        guard let leaf = self.certificates.first else {
            return [Finding(.violation, "The server shows no certificate.", remedy: "Give the server a certificate.")]
        }
        return self.facts(leaf) + self.validity(leaf) + self.names(leaf) + self.strength(leaf)
    }

    private func facts(_ leaf: Certificate) -> [Finding] {
        let names = leaf.dnsNames + leaf.ipAddresses
        let validity = [leaf.notBefore, leaf.notAfter].map { $0?.description ?? "?" }.joined(separator: " to ")
        var facts = [
            "Subject: \(Self.harmless(leaf.subject?.description)).",
            "Names: \(names.isEmpty ? "none" : Self.harmless(names.joined(separator: ", "))).",
            "Valid from \(validity).",
            "Key: \(leaf.publicKeyAlgorithm ?? "?"), signed with \(leaf.signatureAlgorithm ?? "?").",
            "SHA-256 of the certificate: \(leaf.fingerprint).",
        ]
        if !leaf.isSelfIssued {
            facts.insert("Issuer: \(Self.harmless(leaf.issuer?.description)).", at: 1)
        }
        if let key = leaf.publicKeyFingerprint {
            facts.append("SHA-256 of the public key: \(key).")
        }
        return facts.map { .note($0) }
    }

    private func validity(_ leaf: Certificate) -> [Finding] {
        guard let notBefore = leaf.notBefore, let notAfter = leaf.notAfter else {
            return [
                Finding(
                    .warning,
                    "The validity of the certificate cannot be read.",
                    remedy: "Make a new certificate with the same key."
                )
            ]
        }
        let remedy = "Renew the certificate with the same key, for a long time: clients remember the key."
        if self.now < notBefore {
            return [Finding(.warning, "The certificate is not valid before \(notBefore).", remedy: remedy)]
        }
        if self.now > notAfter {
            return [Finding(.warning, "The certificate expired at \(notAfter).", remedy: remedy)]
        }
        let days = (notAfter.secondsSinceEpoch - self.now.secondsSinceEpoch) / 86_400
        guard days < Self.nearEnd else { return [] }
        return [Finding(.warning, "The certificate expires in \(days) days.", remedy: remedy)]
    }

    private func names(_ leaf: Certificate) -> [Finding] {
        let name: String =
            switch self.host.withoutTrailingDot.kind {
            case .name(let name): name
            case .ipv4(let address): "\(address)"
            case .ipv6(let address): "\(address)"
            }
        guard !leaf.covers(name) else { return [] }
        let remedy = "Make a certificate with \(name) in its subjectAltName."
        if leaf.dnsNames.isEmpty, leaf.subject?.commonName?.lowercased() == name {
            let title = "The certificate names \(name) in its common name only, where newer clients do not look."
            return [Finding(.warning, title, remedy: remedy)]
        }
        return [Finding(.warning, "The certificate is not for \(name).", remedy: remedy)]
    }

    private func strength(_ leaf: Certificate) -> [Finding] {
        var findings: [Finding] = []
        if let key = leaf.publicKeyAlgorithm, key.hasPrefix("RSA "), let bits = Int(key.dropFirst(4)),
            bits < Self.smallestRSA
        {
            findings.append(
                Finding(.warning, "The key is \(key), which is too short.", remedy: "Make a new ECDSA P-256 key.")
            )
        }
        if let signature = leaf.signatureAlgorithm, signature.hasSuffix("SHA-1") || signature.hasSuffix("MD5") {
            findings.append(
                Finding(
                    .warning,
                    "The certificate is signed with \(signature), which can be forged.",
                    remedy: "Make a new certificate with the same key, signed with SHA-256."
                )
            )
        }
        return findings
    }

    /// What anybody can write into a certificate, fit for a terminal.
    private static func harmless(_ text: String?) -> String {
        Escaped.text(Array((text ?? "none").utf8), limit: 400)
    }
}
