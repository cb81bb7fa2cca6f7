import Crypto

/// How the store keeps what a visitor must know: by one half of its hash it is found, by the other it is recognised, in a
/// time that does not tell how much of it was right.
struct SecretToken: Sendable {
    struct Entry: Codable {
        var account: String
        var verifier: [UInt8]
    }

    let id: String
    private let verifier: [UInt8]

    /// - Parameter hash: 32 bytes.
    init(hash: [UInt8]) {
        self.id = hash.prefix(16).map { byte in
            (byte < 16 ? "0" : "") + String(byte, radix: 16)
        }.joined()
        self.verifier = Array(hash.suffix(16))
    }

    /// A keyed hash, for what has too few bits to withstand guessing by itself, but does not last either.
    init(code: [UInt8], secret: [UInt8]) {
        let digest = HMAC<SHA256>.authenticationCode(for: code, using: SymmetricKey(data: secret))
        self.init(hash: Array(digest))
    }

    func entry(for account: Account.ID) -> Entry {
        Entry(account: account.description, verifier: self.verifier)
    }

    func isRecognised(by entry: Entry) -> Bool {
        guard entry.verifier.count == self.verifier.count else { return false }
        return zip(entry.verifier, self.verifier).reduce(into: UInt8(0)) { $0 |= $1.0 ^ $1.1 } == 0
    }
}
