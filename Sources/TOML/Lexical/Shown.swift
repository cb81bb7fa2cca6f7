/// Parts of a document as sentences about it show them.
enum Shown {
    private static let longest = 60

    /// In quotes, cut where it is long, and with what would steer a terminal spelled out.
    static func text(_ text: String) -> String {
        let scalars = text.unicodeScalars
        let shown = scalars.prefix(Self.longest).map {
            Self.isVisible($0) ? String($0) : "\\u{\(Self.digits($0.value))}"
        }
        return "'\(shown.joined())\(scalars.count > Self.longest ? "…" : "")'"
    }

    /// A dotted key.
    static func key(_ parts: some Sequence<Key.Part>) -> String {
        self.text(
            parts.map { part in
                let isBare = !part.text.isEmpty && part.text.utf8.allSatisfy(\.isBare)
                return isBare ? part.text : "\"\(part.text)\""
            }.joined(separator: ".")
        )
    }

    /// `U+0007`.
    static func code(_ byte: UInt8) -> String {
        let digits = Self.digits(UInt32(byte))
        return "U+\(String(repeating: "0", count: 4 - digits.count))\(digits)"
    }

    /// `\u0007`.
    static func escape(_ byte: UInt8) -> String { "\\u\(Self.code(byte).dropFirst(2))" }

    private static func digits(_ value: UInt32) -> String { String(value, radix: 16, uppercase: true) }

    private static func isVisible(_ scalar: Unicode.Scalar) -> Bool {
        switch scalar.properties.generalCategory {
        case .control, .format, .lineSeparator, .paragraphSeparator: false
        default: true
        }
    }
}
