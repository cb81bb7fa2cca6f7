import GeminiProtocol

/// The content of a self-signed certificate, ready to be signed (RFC 5280 section 4.1).
///
/// Written here rather than with a certificate library, whose dates are Foundation's.
struct CertificateTemplate {
    /// A thousand years; what goes beyond 9999 is cut there.
    static let mostDays = 365_000

    /// How far back validity begins. Whoever looks at a new certificate has a clock of their own, and one that is set
    /// to the local time of another zone is up to 14 hours behind; a day hides all of that and costs nothing.
    private static let clockTolerance = Duration.seconds(86_400)

    /// The DER of the name, which is the issuer's as well.
    let subject: [UInt8]
    /// The DER of each extension.
    let extensions: [[UInt8]]
    let notBefore: Timestamp
    let notAfter: Timestamp

    init(subject: [UInt8], extensions: [[UInt8]], days: Int, now: Timestamp) throws(IdentityError) {
        guard (1...Self.mostDays).contains(days) else { throw .invalidValidity(days: days) }
        self.subject = subject
        self.extensions = extensions
        self.notBefore = now - Self.clockTolerance
        self.notAfter = min(now + .seconds(86_400 * Int64(days)), .lastOfX509)
    }

    /// The certificate of this key, signed by it.
    func certificate(signedBy key: PrivateKey) throws(IdentityError) -> Certificate {
        let toBeSigned = DERWriter.sequence(
            // Version 3, without which there are no extensions.
            DERWriter.element(DERTag.constructed(0), DERWriter.integer([2])),
            DERWriter.integer(Self.randomSerialNumber()),
            key.signatureAlgorithmDER,
            self.subject,
            DERWriter.sequence(DERWriter.time(self.notBefore), DERWriter.time(self.notAfter)),
            self.subject,
            key.publicKeyDER,
            self.extensions.isEmpty
                ? []
                : DERWriter.element(
                    DERTag.constructed(3),
                    DERWriter.element(DERTag.sequence, joining: self.extensions)
                )
        )
        do {
            let signature = try key.signature(over: toBeSigned)
            return Certificate(
                der: DERWriter.sequence(toBeSigned, key.signatureAlgorithmDER, DERWriter.bitString(signature))
            )
        } catch {
            throw .cannotSign(reason: "\(error)")
        }
    }

    /// 20 bytes, the most that RFC 5280 allows, of which 158 bits are random; positive, and never shorter.
    private static func randomSerialNumber() -> [UInt8] {
        var generator = SystemRandomNumberGenerator()
        var bytes = (0..<20).map { _ in UInt8.random(in: .min ... .max, using: &generator) }
        bytes[0] = bytes[0] & 0x3F | 0x40
        return bytes
    }
}
