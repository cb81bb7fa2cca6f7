/// Which side of a connection a certificate is made for.
package enum CertificatePurpose: Sendable, Hashable {
    /// Proves who a host is.
    case server
    /// Proves who a visitor is (status 60).
    case client

    /// The extensions of a certificate with these names.
    ///
    /// - basicConstraints, critical, not an authority: nobody who comes to trust the certificate trusts others with it.
    /// - extendedKeyUsage for this side of a connection.
    /// - subjectAltName with every name; clients look nowhere else.
    /// - No keyUsage. Up to OpenSSL 1.1.1 one without keyCertSign keeps a self-signed certificate from being seen as
    ///   such, so that its verification ends in code 20 (issuer not found) where it should end in 18 (DG-05), and one
    ///   without digitalSignature fails the handshake. Where it is absent, every use is allowed.
    func extensions(names: [SubjectName]) -> [[UInt8]] {
        let basicConstraints = DERWriter.sequence(
            [0x06, 0x03, 0x55, 0x1D, 0x13],
            [DERTag.boolean, 0x01, 0xFF],
            DERWriter.element(DERTag.octetString, DERWriter.sequence())
        )
        let usage: UInt8 = self == .server ? 1 : 2
        let extendedKeyUsage = DERWriter.sequence(
            [0x06, 0x03, 0x55, 0x1D, 0x25],
            DERWriter.element(
                DERTag.octetString,
                DERWriter.sequence([0x06, 0x08, 0x2B, 0x06, 0x01, 0x05, 0x05, 0x07, 0x03, usage])
            )
        )
        guard !names.isEmpty else { return [basicConstraints, extendedKeyUsage] }
        let subjectAlternativeName = DERWriter.sequence(
            [0x06, 0x03, 0x55, 0x1D, 0x11],
            DERWriter.element(DERTag.octetString, DERWriter.element(DERTag.sequence, joining: names.map { $0.der }))
        )
        return [basicConstraints, extendedKeyUsage, subjectAlternativeName]
    }
}
