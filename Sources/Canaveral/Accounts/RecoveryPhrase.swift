/// Words with which the owner of an account comes back when all certificates are lost; to be written down on paper.
///
/// Shown once: the store keeps only what it can be recognised by.
public struct RecoveryPhrase: Sendable, Hashable, CustomStringConvertible {
    /// How many words a phrase has: of 1024 each, 130 bits.
    static let length = 13

    public let words: [String]

    /// - Parameter bytes: two random bytes for each word.
    init(bytes: [UInt8]) {
        let list = RecoveryWords.list
        self.words = (0..<Self.length).map { index in
            list[(Int(bytes[2 * index]) << 8 | Int(bytes[2 * index + 1])) % list.count]
        }
    }

    /// The words with spaces between them.
    public var description: String { self.words.joined(separator: " ") }

    /// The words of what somebody typed, in any case and with any signs between them; `nil` when it is no phrase.
    static func canonical(_ text: String) -> String? {
        guard text.utf8.count <= 1024 else { return nil }
        let words = text.lowercased().utf8
            .split { !(UInt8(ascii: "a")...UInt8(ascii: "z")).contains($0) }
            .map { String(decoding: $0, as: UTF8.self) }
        guard words.count == self.length, words.allSatisfy(RecoveryWords.set.contains) else { return nil }
        return words.joined(separator: " ")
    }
}
