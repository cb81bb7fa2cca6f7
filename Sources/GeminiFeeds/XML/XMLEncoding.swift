/// The encodings of XML that are read: those in which ASCII is ASCII and nothing else is.
enum XMLEncoding {
    case utf8
    case latin1

    init?(name: String) {
        switch name.uppercased() {
        case "UTF-8", "UTF8", "US-ASCII", "ASCII": self = .utf8
        case "ISO-8859-1", "LATIN1": self = .latin1
        default: return nil
        }
    }

    /// A document in UTF-8, without a byte order mark. What is no text becomes U+FFFD.
    static func utf8(of document: [UInt8]) throws(FeedError) -> [UInt8] {
        // UTF-16 and UTF-32 have NULs in every tag; XML in the others has none at all.
        guard !document.contains(0) else { throw .unsupportedEncoding("UTF-16") }
        let bytes = document.starts(with: [0xEF, 0xBB, 0xBF]) ? document[3...] : document[...]
        switch try Self.declared(in: bytes) {
        case .utf8: return Array(String(decoding: bytes, as: UTF8.self).utf8)
        case .latin1: return bytes.flatMap { $0 < 0x80 ? [$0] : [0xC0 | $0 >> 6, 0x80 | $0 & 0x3F] }
        }
    }

    /// What the declaration at the start says; UTF-8 where there is none.
    private static func declared(in bytes: ArraySlice<UInt8>) throws(FeedError) -> XMLEncoding {
        guard bytes.starts(with: "<?xml".utf8), let end = bytes.firstIndex(of: UInt8(ascii: ">")) else { return .utf8 }
        let declaration = String(decoding: bytes[..<end], as: UTF8.self)
        guard let name = declaration.firstRange(of: "encoding") else { return .utf8 }
        let rest = declaration[name.upperBound...].drop { $0 == "=" || $0.isWhitespace }
        guard let quote = rest.first, quote == "\"" || quote == "'" else { throw .unsupportedEncoding("?") }
        let text = String(rest.dropFirst().prefix { $0 != quote })
        guard let encoding = XMLEncoding(name: text) else { throw .unsupportedEncoding(text) }
        return encoding
    }
}
