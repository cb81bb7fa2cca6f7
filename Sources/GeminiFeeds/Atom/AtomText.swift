/// A text construct of Atom (RFC 4287 section 3.1), of which only the text is wanted.
struct AtomText {
    /// Whether the text is HTML, with tags and entities of its own, rather than what it says.
    private let isHTML: Bool
    private var raw = ""

    /// - Parameter type: `text`, `html` or `xhtml`; the elements of the last are the parser's matter.
    init(type: String?) {
        self.isHTML = type?.lowercased() == "html"
    }

    mutating func append(_ text: String, limit: Int) {
        let room = limit - self.raw.utf8.count
        guard room > 0 else { return }
        self.raw += text.utf8.count <= room ? text : String(decoding: text.utf8.prefix(room), as: UTF8.self)
    }

    /// The text as one line, without markup.
    var plain: String {
        (self.isHTML ? Self.withoutMarkup(self.raw) : self.raw).asOneLine
    }

    private static let entities: [Substring: Character] = [
        "amp": "&", "lt": "<", "gt": ">", "quot": "\"", "apos": "'", "nbsp": " ", "ndash": "–", "mdash": "—",
        "hellip": "…", "lsquo": "‘", "rsquo": "’", "ldquo": "“", "rdquo": "”", "shy": "\u{AD}",
    ]

    private static func withoutMarkup(_ html: String) -> String {
        var text = ""
        var rest = html[...]
        // Where no tag ends any more, it is not looked for again and again.
        var hasTagEnd = true
        while let next = rest.firstIndex(where: { $0 == "<" || $0 == "&" }) {
            text += rest[..<next]
            rest = rest[next...]
            // A tag stands for nothing; a lone bracket for itself.
            if hasTagEnd, rest.first == "<", let second = rest.dropFirst().first,
                second.isLetter || "/!?".contains(second)
            {
                guard let end = rest.firstIndex(of: ">") else {
                    hasTagEnd = false
                    continue
                }
                rest = rest[rest.index(after: end)...]
            } else if let end = rest.prefix(12).firstIndex(of: ";"),
                let character = Self.character(rest[rest.index(after: next)..<end])
            {
                text.append(character)
                rest = rest[rest.index(after: end)...]
            } else {
                text.append(rest.removeFirst())
            }
        }
        return text + rest
    }

    private static func character(_ name: Substring) -> Character? {
        self.entities[name] ?? Unicode.Scalar(characterReference: name).map { Character($0) }
    }
}
