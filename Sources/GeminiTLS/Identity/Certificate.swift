package import GeminiProtocol

/// An X.509 certificate as it came over the wire, and what one reads off it.
///
/// Making one costs a walk over about ten lengths, because a server makes one for every client that shows a
/// certificate; each property is read from the bytes when it is asked for. Nothing here fails: anybody can send any
/// certificate, and what cannot be read in it is `nil` or empty.
///
/// ```swift
/// let certificate = Certificate(der: try peer.toDERBytes())
/// certificate.fingerprint.spelled(.jetforce)
/// certificate.subject?.commonName
/// ```
package struct Certificate: Sendable {
    /// The whole certificate.
    package let der: [UInt8]
    let layout: CertificateLayout

    package init(der: [UInt8]) {
        self.der = der
        self.layout = CertificateLayout(der)
    }

    /// The SHA-256 of the whole certificate, computed on every call (GP-159).
    package var fingerprint: Fingerprint {
        Fingerprint(of: self.der)
    }

    /// The SHA-256 of the public key with its algorithm (the DER of SubjectPublicKeyInfo), computed on every call.
    ///
    /// Survives a renewal with the same key. `nil` where the certificate has no place that could be its key.
    package var publicKeyFingerprint: Fingerprint? {
        self.layout.publicKey.map { Fingerprint(of: self.der[$0]) }
    }

    /// The DER of SubjectPublicKeyInfo.
    package var publicKeyDER: [UInt8]? {
        self.layout.publicKey.map { Array(self.der[$0]) }
    }

    /// Who the certificate is for.
    package var subject: DistinguishedName? {
        self.layout.subject.flatMap { DistinguishedName(self.der, in: $0) }
    }

    /// Who signed it.
    package var issuer: DistinguishedName? {
        self.layout.issuer.flatMap { DistinguishedName(self.der, in: $0) }
    }

    /// Whether subject and issuer are the same, as in every self-signed certificate. Says nothing of the signature.
    package var isSelfIssued: Bool {
        guard let subject = self.layout.subject, let issuer = self.layout.issuer else { return false }
        return self.der[subject] == self.der[issuer]
    }

    /// The first second in which it is valid.
    package var notBefore: Timestamp? {
        self.validity?.notBefore
    }

    /// The last second in which it is valid.
    package var notAfter: Timestamp? {
        self.validity?.notAfter
    }

    private var validity: (notBefore: Timestamp?, notAfter: Timestamp?)? {
        guard let range = self.layout.validity else { return nil }
        var reader = DERReader(self.der, in: range)
        let moments = [reader.next(), reader.next()].map { element in
            element.flatMap { Timestamp(x509: self.der[$0.content], tag: $0.tag) }
        }
        return (moments[0], moments[1])
    }
}

extension Certificate: Hashable {
    package static func == (left: Certificate, right: Certificate) -> Bool {
        left.der == right.der
    }

    package func hash(into hasher: inout Hasher) {
        hasher.combine(self.der)
    }
}
