@preconcurrency import Crypto
@preconcurrency import _CryptoExtras

/// A private key of a kind that TLS servers and clients use: ECDSA on three curves, Ed25519, or RSA.
package struct PrivateKey: Sendable {
    enum Storage: Sendable {
        case p256(P256.Signing.PrivateKey)
        case p384(P384.Signing.PrivateKey)
        case p521(P521.Signing.PrivateKey)
        case ed25519(Curve25519.Signing.PrivateKey)
        case rsa(_RSA.Signing.PrivateKey)
    }

    let storage: Storage

    init(_ storage: Storage) {
        self.storage = storage
    }

    /// A new ECDSA P-256 key: the one kind that every Gemini client takes, and the cheapest signature for a server.
    package static func generate() -> PrivateKey {
        PrivateKey(.p256(P256.Signing.PrivateKey()))
    }

    /// A new Ed25519 key, for whoever wants one: not every client verifies its signatures.
    package static func generateEd25519() -> PrivateKey {
        PrivateKey(.ed25519(Curve25519.Signing.PrivateKey()))
    }

    /// Such as `ECDSA P-256`, `Ed25519` or `RSA 2048`.
    package var algorithm: String {
        switch self.storage {
        case .p256: "ECDSA P-256"
        case .p384: "ECDSA P-384"
        case .p521: "ECDSA P-521"
        case .ed25519: "Ed25519"
        case .rsa(let key): "RSA \(key.keySizeInBits)"
        }
    }

    /// The DER of the public key's SubjectPublicKeyInfo.
    package var publicKeyDER: [UInt8] {
        switch self.storage {
        case .p256(let key): Array(key.publicKey.derRepresentation)
        case .p384(let key): Array(key.publicKey.derRepresentation)
        case .p521(let key): Array(key.publicKey.derRepresentation)
        case .ed25519(let key): Self.ed25519PublicKeyPrefix + Array(key.publicKey.rawRepresentation)
        case .rsa(let key): Array(key.publicKey.derRepresentation)
        }
    }

    /// The key in PKCS#8, unencrypted.
    package var pkcs8: [UInt8] {
        switch self.storage {
        case .p256(let key): Array(key.derRepresentation)
        case .p384(let key): Array(key.derRepresentation)
        case .p521(let key): Array(key.derRepresentation)
        case .ed25519(let key): Self.ed25519PrivateKeyPrefix + Array(key.rawRepresentation)
        case .rsa(let key): Array(key.pkcs8DERRepresentation)
        }
    }

    /// RFC 8410: SubjectPublicKeyInfo and PKCS#8 of Ed25519 are these bytes and then the key's 32.
    private static let ed25519PublicKeyPrefix: [UInt8] = [
        0x30, 0x2A, 0x30, 0x05, 0x06, 0x03, 0x2B, 0x65, 0x70, 0x03, 0x21, 0x00,
    ]
    private static let ed25519PrivateKeyPrefix: [UInt8] = [
        0x30, 0x2E, 0x02, 0x01, 0x00, 0x30, 0x05, 0x06, 0x03, 0x2B, 0x65, 0x70, 0x04, 0x22, 0x04, 0x20,
    ]
}
