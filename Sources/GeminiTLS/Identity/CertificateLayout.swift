/// Where the fields of a certificate lie in its DER (RFC 5280 section 4.1).
///
/// Reading stops at the first field that is not where it should be; the ones before it are known all the same.
struct CertificateLayout: Sendable {
    /// What the signature is over.
    var toBeSigned: Range<Int>?
    /// The content of the serial number.
    var serialNumber: Range<Int>?
    /// The content of the algorithm identifier that the signature itself covers.
    var signatureAlgorithm: Range<Int>?
    /// The whole name.
    var issuer: Range<Int>?
    /// The content, which is two times.
    var validity: Range<Int>?
    /// The whole name.
    var subject: Range<Int>?
    /// The whole SubjectPublicKeyInfo.
    var publicKey: Range<Int>?
    /// The content of the sequence of extensions.
    var extensions: Range<Int>?
    /// The bytes of the signature.
    var signature: Range<Int>?

    init(_ der: [UInt8]) {
        var outermost = DERReader(der)
        guard let certificate = outermost.next(tagged: DERTag.sequence) else { return }
        var parts = DERReader(der, in: certificate.content)
        guard let toBeSigned = parts.next(tagged: DERTag.sequence) else { return }
        self.toBeSigned = toBeSigned.whole
        self.readFields(DERReader(der, in: toBeSigned.content), der)
        if parts.next(tagged: DERTag.sequence) != nil, let signature = parts.next(tagged: DERTag.bitString),
            !signature.content.isEmpty
        {
            self.signature = signature.content.dropFirst()
        }
    }

    /// Whether every field that RFC 5280 requires is in its place.
    var isComplete: Bool {
        self.publicKey != nil && self.signature != nil
    }

    private mutating func readFields(_ fields: DERReader, _ der: [UInt8]) {
        var fields = fields
        _ = fields.next(tagged: DERTag.constructed(0))
        self.serialNumber = fields.next(tagged: DERTag.integer)?.content
        guard self.serialNumber != nil else { return }
        self.signatureAlgorithm = fields.next(tagged: DERTag.sequence)?.content
        guard self.signatureAlgorithm != nil else { return }
        self.issuer = fields.next(tagged: DERTag.sequence)?.whole
        guard self.issuer != nil else { return }
        self.validity = fields.next(tagged: DERTag.sequence)?.content
        guard self.validity != nil else { return }
        self.subject = fields.next(tagged: DERTag.sequence)?.whole
        guard self.subject != nil else { return }
        self.publicKey = fields.next(tagged: DERTag.sequence)?.whole
        guard self.publicKey != nil else { return }
        while let element = fields.next() {
            guard element.tag == DERTag.constructed(3) else { continue }
            var wrapper = DERReader(der, in: element.content)
            self.extensions = wrapper.next(tagged: DERTag.sequence)?.content
        }
    }
}
