@preconcurrency import Crypto
@preconcurrency import _CryptoExtras

extension PrivateKey {
    /// Why bytes did not become a key.
    enum ParsingError: Error, Hashable {
        /// They are no private key in any of the forms.
        case notAKey
        case encrypted
        /// A key, but of a kind that TLS here cannot use; its name.
        case unsupported(String)
        /// A key of a known kind whose numbers are wrong.
        case damaged
    }

    static let curveNames: [ObjectIdentifier: String] = [
        .p256: "P-256",
        .p384: "P-384",
        .p521: "P-521",
        "1.3.132.0.33": "P-224",
        "1.3.132.0.10": "secp256k1",
    ]

    private static let smallestRSA = 2048

    /// Reads a key from DER, whose form is told by its content: PKCS#8 (RFC 5208, and RFC 5958 with the public key in
    /// it), SEC 1 for elliptic curves, or PKCS #1 for RSA.
    init(der: [UInt8]) throws(ParsingError) {
        var outer = DERReader(der)
        guard let key = outer.next(tagged: DERTag.sequence) else { throw .notAKey }
        var fields = DERReader(der, in: key.content)
        if fields.nextTag == DERTag.sequence {
            // EncryptedPrivateKeyInfo: an algorithm and what it encrypted. A certificate also begins with a sequence.
            _ = fields.next()
            if fields.next(tagged: DERTag.octetString) != nil, fields.isAtEnd { throw .encrypted }
            throw .notAKey
        }
        guard fields.next(tagged: DERTag.integer) != nil else { throw .notAKey }
        switch fields.nextTag {
        case DERTag.sequence: self = try Self.pkcs8(der, fields)
        case DERTag.octetString: self = try Self.sec1(der, in: key.whole, curve: nil)
        case DERTag.integer: self = try Self.rsa(der, in: key.whole)
        default: throw .notAKey
        }
    }

    private static func pkcs8(_ der: [UInt8], _ fields: DERReader) throws(ParsingError) -> PrivateKey {
        var fields = fields
        guard let algorithm = fields.next(tagged: DERTag.sequence),
            let key = fields.next(tagged: DERTag.octetString)
        else { throw .notAKey }
        var identifiers = DERReader(der, in: algorithm.content)
        guard let kind = self.identifier(&identifiers, der) else { throw .notAKey }
        switch kind {
        case .ecPublicKey:
            guard let curve = self.identifier(&identifiers, der) else { throw .unsupported("ECDSA with its own curve") }
            return try self.sec1(der, in: key.content, curve: curve)
        case .rsaEncryption:
            return try self.rsa(der, in: key.content)
        case .ed25519:
            var inner = DERReader(der, in: key.content)
            guard let seed = inner.next(tagged: DERTag.octetString),
                let key = try? Curve25519.Signing.PrivateKey(rawRepresentation: der[seed.content])
            else { throw .damaged }
            return PrivateKey(.ed25519(key))
        case .rsaPSS: throw .unsupported("RSA-PSS")
        case "1.3.101.113": throw .unsupported("Ed448")
        case "1.2.840.10040.4.1": throw .unsupported("DSA")
        default: throw .unsupported(kind.description)
        }
    }

    private static func sec1(
        _ der: [UInt8],
        in range: Range<Int>,
        curve outerCurve: ObjectIdentifier?
    ) throws(ParsingError) -> PrivateKey {
        var outer = DERReader(der, in: range)
        guard let key = outer.next(tagged: DERTag.sequence) else { throw .damaged }
        var fields = DERReader(der, in: key.content)
        guard fields.next(tagged: DERTag.integer) != nil, let number = fields.next(tagged: DERTag.octetString) else {
            throw .damaged
        }
        var curve = outerCurve
        if let parameters = fields.next(tagged: DERTag.constructed(0)) {
            var identifiers = DERReader(der, in: parameters.content)
            curve = curve ?? self.identifier(&identifiers, der)
        }
        guard let curve else { throw .unsupported("ECDSA with its own curve") }
        let secret = der[number.content]
        do {
            switch curve {
            case .p256: return PrivateKey(.p256(try .init(rawRepresentation: self.padded(secret, to: 32))))
            case .p384: return PrivateKey(.p384(try .init(rawRepresentation: self.padded(secret, to: 48))))
            case .p521: return PrivateKey(.p521(try .init(rawRepresentation: self.padded(secret, to: 66))))
            default: break
            }
        } catch {
            throw .damaged
        }
        throw .unsupported("ECDSA \(self.curveNames[curve] ?? curve.description)")
    }

    private static func rsa(_ der: [UInt8], in range: Range<Int>) throws(ParsingError) -> PrivateKey {
        var outer = DERReader(der, in: range)
        guard let key = outer.next(tagged: DERTag.sequence) else { throw .damaged }
        var numbers = DERReader(der, in: key.content)
        guard numbers.next(tagged: DERTag.integer) != nil, let modulus = numbers.next(tagged: DERTag.integer) else {
            throw .damaged
        }
        let bits = self.bitCount(der[modulus.content])
        guard bits >= self.smallestRSA else { throw .unsupported("RSA with only \(bits) bits") }
        guard let rsa = try? _RSA.Signing.PrivateKey(derRepresentation: der[key.whole]) else { throw .damaged }
        return PrivateKey(.rsa(rsa))
    }

    /// The bits of a positive number.
    static func bitCount(_ integer: ArraySlice<UInt8>) -> Int {
        let magnitude = integer.drop { $0 == 0 }
        return magnitude.first.map { magnitude.count * 8 - $0.leadingZeroBitCount } ?? 0
    }

    private static func identifier(_ reader: inout DERReader, _ der: [UInt8]) -> ObjectIdentifier? {
        reader.next(tagged: DERTag.objectIdentifier).flatMap { ObjectIdentifier(content: der[$0.content]) }
    }

    /// Some writers drop the zeros at the front of a secret number.
    private static func padded(_ number: ArraySlice<UInt8>, to count: Int) -> [UInt8] {
        let magnitude = number.drop { $0 == 0 }
        return [UInt8](repeating: 0, count: max(0, count - magnitude.count)) + magnitude
    }
}
