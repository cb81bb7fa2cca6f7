import NIOSSL

/// What our servers and clients accept alike.
enum TLSAlgorithms {
    /// Signatures that a peer's certificate may make. NIOSSL's default list lacks Ed25519 and P-521, which people use,
    /// and has SHA-1, which nobody should.
    static let signatures: [SignatureAlgorithm] = [
        .ed25519,
        .ecdsaSecp256R1Sha256, .ecdsaSecp384R1Sha384, .ecdsaSecp521R1Sha512,
        .rsaPssRsaeSha256, .rsaPssRsaeSha384, .rsaPssRsaeSha512,
        .rsaPkcs1Sha256, .rsaPkcs1Sha384, .rsaPkcs1Sha512,
    ]

    /// What TLS 1.2 may use: forward secrecy and authenticated encryption. NIOSSL's default also has key exchange by RSA,
    /// and CBC. The suites of TLS 1.3 cannot be chosen, and are all of that kind.
    static let tls12CipherSuites = "ECDHE+AESGCM:ECDHE+CHACHA20"
}
