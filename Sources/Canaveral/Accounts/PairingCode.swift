public import GeminiProtocol

/// A short code that an account's owner reads on one device and types on another, once and soon.
public struct PairingCode: Sendable, Hashable, CustomStringConvertible {
    /// How many symbols a code has, of five bits each.
    static let length = 8
    /// Crockford's digits: no I, L, O and U.
    private static let alphabet = Array("0123456789ABCDEFGHJKMNPQRSTVWXYZ".utf8)

    private let symbols: [UInt8]
    /// When it is no longer valid.
    public let expires: Timestamp

    /// - Parameter bytes: as many random bytes as a code has symbols.
    init(bytes: [UInt8], expires: Timestamp) {
        self.symbols = bytes.map { Self.alphabet[Int($0 & 31)] }
        self.expires = expires
    }

    /// The code for a person to read, such as `7F3K-9QXM`.
    public var description: String {
        let text = String(decoding: self.symbols, as: UTF8.self)
        return "\(text.prefix(4))-\(text.suffix(4))"
    }

    /// The symbols alone.
    var canonical: [UInt8] { self.symbols }

    /// The symbols of what somebody typed, in any case, with signs between them or not, with an O for the 0; `nil` when it
    /// is no code.
    static func canonical(_ text: String) -> [UInt8]? {
        var symbols: [UInt8] = []
        for byte in text.uppercased().utf8 where !" -\t._".utf8.contains(byte) {
            let symbol =
                switch byte {
                case UInt8(ascii: "O"): UInt8(ascii: "0")
                case UInt8(ascii: "I"), UInt8(ascii: "L"): UInt8(ascii: "1")
                default: byte
                }
            guard self.alphabet.contains(symbol), symbols.count < self.length else { return nil }
            symbols.append(symbol)
        }
        return symbols.count == self.length ? symbols : nil
    }
}
