import Crypto
import GeminiProtocol
import NIOSSL
import Testing
import _CryptoExtras

@testable import GeminiTLS

@Suite("Private keys")
struct PrivateKeyTests {
    /// The last block, which is the key.
    private static func der(_ pem: String) throws -> [UInt8] {
        try #require(PEMBlock.blocks(in: Array(pem.utf8)).last?.content)
    }

    @Test("PKCS#8, SEC 1 and PKCS #1 are told apart by content and lead to the same key", arguments: OpenSSLPair.all)
    func forms(_ pair: OpenSSLPair) throws {
        let key = try PrivateKey(der: try Self.der(pair.key))
        #expect(key.algorithm == pair.algorithm)
        #expect(Fingerprint(of: key.publicKeyDER).description == pair.publicKeyFingerprint)
        let again = try PrivateKey(der: key.pkcs8)
        #expect(again.pkcs8 == key.pkcs8)
        #expect(again.publicKeyDER == key.publicKeyDER)
        // BoringSSL reads what we write.
        _ = try NIOSSLPrivateKey(bytes: key.pkcs8, format: .der)
    }

    @Test("A key's signatures are its own", arguments: OpenSSLPair.all)
    func signatures(_ pair: OpenSSLPair) throws {
        let key = try PrivateKey(der: try Self.der(pair.key))
        let signature = try key.signature(over: [1, 2, 3])
        #expect(key.made(signature: signature, over: [1, 2, 3]))
        #expect(!key.made(signature: signature, over: [1, 2, 4]))
        #expect(!key.made(signature: [], over: [1, 2, 3]))
        #expect(!PrivateKey.generate().made(signature: signature, over: [1, 2, 3]))
    }

    @Test("RFC 5958: PKCS#8 of version 2, with the public key in it, as Rust programs write Ed25519")
    func pkcs8Version2() throws {
        let key = Curve25519.Signing.PrivateKey()
        let der = DERWriter.sequence(
            DERWriter.integer([1]),
            DERWriter.sequence([0x06, 0x03, 0x2B, 0x65, 0x70]),
            DERWriter.element(
                DERTag.octetString,
                DERWriter.element(DERTag.octetString, Array(key.rawRepresentation))
            ),
            DERWriter.element(DERTag.primitive(1), [0] + Array(key.publicKey.rawRepresentation))
        )
        let parsed = try PrivateKey(der: der)
        #expect(parsed.algorithm == "Ed25519")
        #expect(parsed.publicKeyDER.suffix(32).elementsEqual(key.publicKey.rawRepresentation))
    }

    @Test("SEC 1 whose number has lost its zeros")
    func shortNumber() throws {
        var number = [UInt8](repeating: 0, count: 32)
        number[31] = 7
        let expected = try P256.Signing.PrivateKey(rawRepresentation: number)
        let der = DERWriter.sequence(
            DERWriter.integer([1]),
            DERWriter.element(DERTag.octetString, [7]),
            DERWriter.element(DERTag.constructed(0), [0x06, 0x08, 0x2A, 0x86, 0x48, 0xCE, 0x3D, 0x03, 0x01, 0x07])
        )
        #expect(try PrivateKey(der: der).publicKeyDER == Array(expected.publicKey.derRepresentation))
    }

    @Test("Keys that cannot be used say why")
    func refused() throws {
        let cases: [(String, PrivateKey.ParsingError)] = [
            (OpenSSLOddity.encryptedPKCS8, .encrypted),
            (OpenSSLOddity.ed448, .unsupported("Ed448")),
            (OpenSSLOddity.secp256k1, .unsupported("ECDSA secp256k1")),
            (OpenSSLOddity.rsa1024, .unsupported("RSA with only 1024 bits")),
            (OpenSSLPair.p256.certificate, .notAKey),
        ]
        for (pem, error) in cases {
            let der = try Self.der(pem)
            #expect(throws: error) { try PrivateKey(der: der) }
        }
    }

    @Test("A key that is cut short is refused, and a changed one never ends the process", arguments: OpenSSLPair.all)
    func hostile(_ pair: OpenSSLPair) throws {
        let der = try Self.der(pair.key)
        for count in 0..<der.count {
            #expect(throws: PrivateKey.ParsingError.self) { try PrivateKey(der: Array(der.prefix(count))) }
        }
        for index in der.indices.prefix(64) {
            for value: UInt8 in [0x00, 0x30, 0x80, 0xFF] {
                var changed = der
                changed[index] = value
                _ = try? PrivateKey(der: changed)
            }
        }
    }
}
