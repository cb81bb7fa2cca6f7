import GeminiProbe
import GeminiProtocol
import GeminiTLS

extension Check {
    static let certificate = [certificateFacts, certificateTrust]

    /// What the certificate says, and whether clients can live with it.
    static let certificateFacts = Check(
        "certificate",
        ["GP-177", "DG-04", "GP-175"],
        "The certificate is valid now, and for the host",
        theme: .certificate
    ) { examination, _ throws(ProbeError) in
        let (_, agreement) = try examination.open(examination.tls, serverName: examination.serverName)
        return CertificateReview(
            certificates: agreement.certificates.map { Certificate(der: $0) },
            host: examination.url.host,
            now: .now
        ).findings
    }

    /// Who vouches for the certificate.
    static let certificateTrust = Check(
        "certificate-trust",
        ["DG-05", "GP-170", "GP-171"],
        "The certificate is signed by itself or by a known authority",
        theme: .certificate
    ) { examination, _ throws(ProbeError) in
        let (_, agreement) = try examination.open(examination.tls, serverName: examination.serverName)
        let chain = agreement.certificates.map { Certificate(der: $0) }
        let now = Timestamp.now
        // A certificate that is out of its time is the other check's finding.
        let moment = max(chain.first?.notBefore ?? now, min(now, chain.first?.notAfter ?? now))
        let known = SystemAuthorities.path.flatMap { try? Certificate.load(from: $0) } ?? []
        switch CertificateAuthorities(known).verdict(on: chain, for: .server, at: moment) {
        case .selfSigned:
            let extra = chain.count > 1 ? " \(chain.count - 1) more are sent with it, for nothing." : ""
            return [.note("The certificate is self-signed: clients trust it on first use.\(extra)")]
        case .trusted:
            return [.note("The certificate is vouched for by an authority that this system trusts.")]
        case .untrusted where known.isEmpty:
            return [.note("The certificate is not self-signed, and this system has no list of authorities to ask.")]
        case .untrusted(let reason):
            return [
                Finding(
                    .warning,
                    "The certificate is neither self-signed nor vouched for by a known authority: \(reason).",
                    received: "a chain of \(chain.count)",
                    remedy: "Send the authority's intermediate certificates too, or use a self-signed certificate."
                )
            ]
        }
    }
}
