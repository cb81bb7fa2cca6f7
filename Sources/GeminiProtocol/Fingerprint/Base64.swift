/// The two alphabets of RFC 4648, written with padding and read from either.
package enum Base64 {
    package enum Alphabet {
        /// `+` and `/` (RFC 4648 section 4).
        case standard
        /// `-` and `_` (RFC 4648 section 5).
        case urlSafe
    }

    private static let standard = Array("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/".utf8)
    private static let urlSafe = Array("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_".utf8)

    package static func encode(_ bytes: some Collection<UInt8>, alphabet: Alphabet = .standard) -> [UInt8] {
        let digits = alphabet == .standard ? Self.standard : Self.urlSafe
        var encoded: [UInt8] = []
        encoded.reserveCapacity((bytes.count + 2) / 3 * 4)
        var buffer: UInt32 = 0
        var pending = 0
        for byte in bytes {
            buffer = buffer << 8 | UInt32(byte)
            pending += 8
            while pending >= 6 {
                pending -= 6
                encoded.append(digits[Int(buffer >> UInt32(pending)) & 0x3F])
            }
        }
        if pending > 0 {
            encoded.append(digits[Int(buffer << UInt32(6 - pending)) & 0x3F])
        }
        while !encoded.count.isMultiple(of: 4) {
            encoded.append(UInt8(ascii: "="))
        }
        return encoded
    }

    /// The bytes behind text in either alphabet, with or without padding, spaces and line ends skipped.
    ///
    /// - Returns: `nil` for anything else, for a stray digit at the end and for text after the padding.
    package static func decode(_ text: some Sequence<UInt8>) -> [UInt8]? {
        var decoded: [UInt8] = []
        var buffer: UInt32 = 0
        var pending = 0
        var padding = 0
        var digits = 0
        for character in text {
            let value: UInt8
            switch character {
            case UInt8(ascii: "A")...UInt8(ascii: "Z"): value = character - UInt8(ascii: "A")
            case UInt8(ascii: "a")...UInt8(ascii: "z"): value = character - UInt8(ascii: "a") + 26
            case UInt8(ascii: "0")...UInt8(ascii: "9"): value = character - UInt8(ascii: "0") + 52
            case UInt8(ascii: "+"), UInt8(ascii: "-"): value = 62
            case UInt8(ascii: "/"), UInt8(ascii: "_"): value = 63
            case UInt8(ascii: "="):
                padding += 1
                continue
            case UInt8(ascii: " "), UInt8(ascii: "\t"), UInt8(ascii: "\r"), UInt8(ascii: "\n"):
                continue
            default: return nil
            }
            guard padding == 0 else { return nil }
            digits += 1
            buffer = buffer << 6 | UInt32(value)
            pending += 6
            if pending >= 8 {
                pending -= 8
                decoded.append(UInt8(truncatingIfNeeded: buffer >> UInt32(pending)))
            }
        }
        guard padding <= 2, digits % 4 != 1, padding == 0 || (digits + padding).isMultiple(of: 4) else { return nil }
        return decoded
    }
}
