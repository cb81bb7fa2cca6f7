@preconcurrency import Crypto
@preconcurrency import _CryptoExtras

extension PrivateKey {
    /// The AlgorithmIdentifier of the signatures that ``signature(over:)`` makes.
    var signatureAlgorithmDER: [UInt8] {
        switch self.storage {
        case .p256: [0x30, 0x0A, 0x06, 0x08, 0x2A, 0x86, 0x48, 0xCE, 0x3D, 0x04, 0x03, 0x02]
        case .p384: [0x30, 0x0A, 0x06, 0x08, 0x2A, 0x86, 0x48, 0xCE, 0x3D, 0x04, 0x03, 0x03]
        case .p521: [0x30, 0x0A, 0x06, 0x08, 0x2A, 0x86, 0x48, 0xCE, 0x3D, 0x04, 0x03, 0x04]
        case .ed25519: [0x30, 0x05, 0x06, 0x03, 0x2B, 0x65, 0x70]
        case .rsa: [0x30, 0x0D, 0x06, 0x09, 0x2A, 0x86, 0x48, 0x86, 0xF7, 0x0D, 0x01, 0x01, 0x0B, 0x05, 0x00]
        }
    }

    /// Signs with the hash that belongs to the key: SHA-256 for P-256 and RSA (PKCS #1 v1.5), SHA-384 and SHA-512 for
    /// the larger curves.
    func signature(over bytes: [UInt8]) throws -> [UInt8] {
        switch self.storage {
        case .p256(let key): Array(try key.signature(for: SHA256.hash(data: bytes)).derRepresentation)
        case .p384(let key): Array(try key.signature(for: SHA384.hash(data: bytes)).derRepresentation)
        case .p521(let key): Array(try key.signature(for: SHA512.hash(data: bytes)).derRepresentation)
        case .ed25519(let key): Array(try key.signature(for: bytes))
        case .rsa(let key):
            Array(try key.signature(for: SHA256.hash(data: bytes), padding: .insecurePKCS1v1_5).rawRepresentation)
        }
    }

    /// Whether this key made a signature, whichever hash was used.
    func made(signature: [UInt8], over bytes: [UInt8]) -> Bool {
        switch self.storage {
        case .p256(let key):
            guard let signature = try? P256.Signing.ECDSASignature(derRepresentation: signature) else { return false }
            return key.publicKey.isValidSignature(signature, for: SHA256.hash(data: bytes))
                || key.publicKey.isValidSignature(signature, for: SHA384.hash(data: bytes))
                || key.publicKey.isValidSignature(signature, for: SHA512.hash(data: bytes))
        case .p384(let key):
            guard let signature = try? P384.Signing.ECDSASignature(derRepresentation: signature) else { return false }
            return key.publicKey.isValidSignature(signature, for: SHA384.hash(data: bytes))
                || key.publicKey.isValidSignature(signature, for: SHA256.hash(data: bytes))
                || key.publicKey.isValidSignature(signature, for: SHA512.hash(data: bytes))
        case .p521(let key):
            guard let signature = try? P521.Signing.ECDSASignature(derRepresentation: signature) else { return false }
            return key.publicKey.isValidSignature(signature, for: SHA512.hash(data: bytes))
                || key.publicKey.isValidSignature(signature, for: SHA384.hash(data: bytes))
                || key.publicKey.isValidSignature(signature, for: SHA256.hash(data: bytes))
        case .ed25519(let key):
            return key.publicKey.isValidSignature(signature, for: bytes)
        case .rsa(let key):
            return Self.isValid(_RSA.Signing.RSASignature(rawRepresentation: signature), by: key, over: bytes)
        }
    }

    private static func isValid(
        _ signature: _RSA.Signing.RSASignature,
        by key: _RSA.Signing.PrivateKey,
        over bytes: [UInt8]
    ) -> Bool {
        let paddings: [_RSA.Signing.Padding] = [.insecurePKCS1v1_5, .PSS]
        return paddings.contains { padding in
            key.publicKey.isValidSignature(signature, for: SHA256.hash(data: bytes), padding: padding)
                || key.publicKey.isValidSignature(signature, for: SHA384.hash(data: bytes), padding: padding)
                || key.publicKey.isValidSignature(signature, for: SHA512.hash(data: bytes), padding: padding)
        }
    }
}
