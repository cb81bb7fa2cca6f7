extension Certificate {
    /// The kind of public key, such as `ECDSA P-256`, `Ed25519` or `RSA 2048`; the object identifier of one that has no
    /// name here.
    package var publicKeyAlgorithm: String? {
        guard let range = self.layout.publicKey else { return nil }
        var outer = DERReader(self.der, in: range)
        guard let info = outer.next() else { return nil }
        var fields = DERReader(self.der, in: info.content)
        guard let algorithm = fields.next(tagged: DERTag.sequence) else { return nil }
        var identifiers = DERReader(self.der, in: algorithm.content)
        guard let kind = self.identifier(&identifiers) else { return nil }
        switch kind {
        case .ecPublicKey:
            guard let curve = self.identifier(&identifiers) else { return "ECDSA" }
            return "ECDSA " + (PrivateKey.curveNames[curve] ?? curve.description)
        case .rsaEncryption, .rsaPSS:
            let name = kind == .rsaPSS ? "RSA-PSS" : "RSA"
            guard let key = fields.next(tagged: DERTag.bitString), !key.content.isEmpty,
                let bits = Self.modulusBits(self.der, in: key.content.dropFirst())
            else { return name }
            return "\(name) \(bits)"
        default:
            return Self.keyNames[kind] ?? kind.description
        }
    }

    /// How the issuer signed, such as `ECDSA with SHA-256` or `Ed25519`; the object identifier of an algorithm that
    /// has no name here.
    package var signatureAlgorithm: String? {
        guard let range = self.layout.signatureAlgorithm else { return nil }
        var identifiers = DERReader(self.der, in: range)
        return self.identifier(&identifiers).map { Self.signatureNames[$0] ?? $0.description }
    }

    private func identifier(_ reader: inout DERReader) -> ObjectIdentifier? {
        reader.next(tagged: DERTag.objectIdentifier).flatMap { ObjectIdentifier(content: self.der[$0.content]) }
    }

    /// The bits of the modulus in an RSAPublicKey, or `nil` where there is none.
    private static func modulusBits(_ der: [UInt8], in range: Range<Int>) -> Int? {
        var outer = DERReader(der, in: range)
        guard let key = outer.next(tagged: DERTag.sequence) else { return nil }
        var numbers = DERReader(der, in: key.content)
        return numbers.next(tagged: DERTag.integer).flatMap { PrivateKey.bitCount(der[$0.content]) }
    }

    private static let keyNames: [ObjectIdentifier: String] = [
        .ed25519: "Ed25519",
        "1.3.101.113": "Ed448",
        "1.2.840.10040.4.1": "DSA",
    ]

    private static let signatureNames: [ObjectIdentifier: String] = [
        .ecdsaWithSHA256: "ECDSA with SHA-256",
        .ecdsaWithSHA384: "ECDSA with SHA-384",
        .ecdsaWithSHA512: "ECDSA with SHA-512",
        .sha256WithRSA: "RSA with SHA-256",
        .sha384WithRSA: "RSA with SHA-384",
        .sha512WithRSA: "RSA with SHA-512",
        .rsaPSS: "RSA-PSS",
        .ed25519: "Ed25519",
        "1.2.840.113549.1.1.4": "RSA with MD5",
        "1.2.840.113549.1.1.5": "RSA with SHA-1",
        "1.2.840.10045.4.1": "ECDSA with SHA-1",
        "1.3.101.113": "Ed448",
    ]
}

extension ObjectIdentifier {
    static let ecPublicKey: ObjectIdentifier = "1.2.840.10045.2.1"
    static let p256: ObjectIdentifier = "1.2.840.10045.3.1.7"
    static let p384: ObjectIdentifier = "1.3.132.0.34"
    static let p521: ObjectIdentifier = "1.3.132.0.35"
    static let rsaEncryption: ObjectIdentifier = "1.2.840.113549.1.1.1"
    static let rsaPSS: ObjectIdentifier = "1.2.840.113549.1.1.10"
    static let ed25519: ObjectIdentifier = "1.3.101.112"
    static let ecdsaWithSHA256: ObjectIdentifier = "1.2.840.10045.4.3.2"
    static let ecdsaWithSHA384: ObjectIdentifier = "1.2.840.10045.4.3.3"
    static let ecdsaWithSHA512: ObjectIdentifier = "1.2.840.10045.4.3.4"
    static let sha256WithRSA: ObjectIdentifier = "1.2.840.113549.1.1.11"
    static let sha384WithRSA: ObjectIdentifier = "1.2.840.113549.1.1.12"
    static let sha512WithRSA: ObjectIdentifier = "1.2.840.113549.1.1.13"
}
