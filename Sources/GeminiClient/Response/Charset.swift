package import GeminiProtocol

/// The character sets in which text is understood.
package enum Charset: Sendable, Hashable {
    case utf8
    case ascii
    case latin1

    /// The set with a name or alias of the IANA registry, in any case of letters.
    init?(_ name: String) {
        switch name.lowercased() {
        case "utf-8", "utf8": self = .utf8
        case "us-ascii", "ascii", "iso646-us", "ansi_x3.4-1968": self = .ascii
        case "iso-8859-1", "iso_8859-1", "iso8859-1", "latin1", "l1": self = .latin1
        default: return nil
        }
    }

    /// The set of a page's text.
    package init(of type: MediaType) throws(PageTextError) {
        guard type.isText else { throw .notText(type) }
        guard let name = type.charset else {
            self = .utf8
            return
        }
        guard let charset = Charset(name) else { throw .unknownCharset(name) }
        self = charset
    }

    package func decode(_ bytes: [UInt8]) -> String {
        switch self {
        case .utf8:
            let mark: [UInt8] = [0xEF, 0xBB, 0xBF]
            return String(decoding: bytes.starts(with: mark) ? bytes[mark.count...] : bytes[...], as: UTF8.self)
        case .ascii:
            return String(String.UnicodeScalarView(bytes.map { $0 < 0x80 ? Unicode.Scalar($0) : "\u{FFFD}" }))
        case .latin1:
            return String(String.UnicodeScalarView(bytes.map { Unicode.Scalar($0) }))
        }
    }
}
