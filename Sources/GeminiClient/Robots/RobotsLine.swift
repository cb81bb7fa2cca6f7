/// A line of a `robots.txt`, as far as it says something.
enum RobotsLine: Equatable {
    /// A name in lower case.
    case userAgent(String)
    case disallow([UInt8])
    /// A directive that has no effect (RB-03).
    case other
    /// An empty line or a comment.
    case nothing

    init(_ line: some Collection<UInt8>) {
        let text = line.prefix { $0 != UInt8(ascii: "#") }
        let name = Self.trimmed(text.prefix { $0 != UInt8(ascii: ":") })
        let value = Self.trimmed(text.drop { $0 != UInt8(ascii: ":") }.dropFirst())
        self =
            switch String(decoding: name, as: UTF8.self).lowercased() {
            case "user-agent" where !value.isEmpty: .userAgent(String(decoding: value, as: UTF8.self).lowercased())
            case "disallow": .disallow(value)
            case "": .nothing
            default: .other
            }
    }

    private static func trimmed(_ bytes: some Sequence<UInt8>) -> [UInt8] {
        let isBlank = { (byte: UInt8) in byte == UInt8(ascii: " ") || byte == UInt8(ascii: "\t") }
        return Array(Array(bytes.drop(while: isBlank)).reversed().drop(while: isBlank).reversed())
    }
}
