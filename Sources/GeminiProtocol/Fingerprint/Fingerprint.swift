/// The SHA-256 of something that is worth recognising again: of a whole certificate, or of its public key.
///
/// Both are in use, and they are different numbers, for the protocol does not say what a fingerprint is of (GP-159,
/// GP-175). A certificate's changes with every renewal; a public key's stays as long as the key does.
///
/// ```swift
/// let fingerprint = Certificate(der: der).fingerprint
/// print(fingerprint.spelled(.jetforce))  // SHA256:86341FB4…
/// ```
public struct Fingerprint: Sendable, Hashable {
    /// How many bytes a SHA-256 has.
    public static let byteCount = 32

    private let words: (UInt64, UInt64, UInt64, UInt64)

    /// The fingerprint with these bytes.
    ///
    /// - Returns: `nil` unless there are exactly ``byteCount``.
    public init?(bytes: some Collection<UInt8>) {
        // A copy, since each step through a collection of another module's type costs as much as all of this.
        let bytes = Array(bytes)
        guard bytes.count == Self.byteCount else { return nil }
        func word(at offset: Int) -> UInt64 {
            bytes[offset..<offset + 8].reduce(0) { $0 << 8 | UInt64($1) }
        }
        self.words = (word(at: 0), word(at: 8), word(at: 16), word(at: 24))
    }

    public var bytes: [UInt8] {
        var bytes: [UInt8] = []
        bytes.reserveCapacity(Self.byteCount)
        for word in [self.words.0, self.words.1, self.words.2, self.words.3] {
            for shift in stride(from: UInt64(56), through: 0, by: -8) {
                bytes.append(UInt8(truncatingIfNeeded: word >> shift))
            }
        }
        return bytes
    }

    public static func == (left: Fingerprint, right: Fingerprint) -> Bool {
        left.words == right.words
    }

    public func hash(into hasher: inout Hasher) {
        hasher.combine(self.words.0)
        hasher.combine(self.words.1)
        hasher.combine(self.words.2)
        hasher.combine(self.words.3)
    }
}

extension Fingerprint: CustomStringConvertible {
    /// Lower-case hexadecimal.
    public var description: String {
        self.spelled(.lowerHexadecimal)
    }
}
