/// The characters that HTML writes as `&name;`, `&#number;` or `&#xnumber;`.
enum HTMLEntities {
    private static let named: [String: Character] = [
        "amp": "&", "lt": "<", "gt": ">", "quot": "\"", "apos": "'", "nbsp": "\u{A0}", "ndash": "–", "mdash": "—",
        "hellip": "…", "lsquo": "‘", "rsquo": "’", "ldquo": "“", "rdquo": "”", "laquo": "«", "raquo": "»", "copy": "©",
        "reg": "®", "trade": "™", "bull": "•", "middot": "·", "times": "×", "deg": "°", "euro": "€", "pound": "£",
        "para": "¶", "sect": "§", "larr": "←", "rarr": "→", "uarr": "↑", "darr": "↓", "auml": "ä", "ouml": "ö",
        "uuml": "ü", "Auml": "Ä", "Ouml": "Ö", "Uuml": "Ü", "szlig": "ß", "eacute": "é", "egrave": "è", "agrave": "à",
        "ccedil": "ç", "ntilde": "ñ", "oslash": "ø", "aring": "å", "aelig": "æ", "shy": "\u{AD}", "zwnj": "\u{200C}",
    ]

    /// What is no such name stays as it is.
    static func decode(_ bytes: ArraySlice<UInt8>) -> String {
        var text = ""
        var rest = Substring(decoding: bytes, as: UTF8.self)
        while let ampersand = rest.utf8.firstIndex(of: UInt8(ascii: "&")) {
            text += rest[..<ampersand]
            rest = rest[ampersand...]
            let name = rest.utf8.dropFirst().prefix(10).prefix { $0 != UInt8(ascii: ";") && $0 != UInt8(ascii: "&") }
            let end = name.endIndex
            if end < rest.endIndex, rest.utf8[end] == UInt8(ascii: ";"), let character = self.character(Substring(name))
            {
                text.append(character)
                rest = rest[rest.utf8.index(after: end)...]
            } else {
                text += "&"
                rest = rest[rest.utf8.index(after: rest.startIndex)...]
            }
        }
        return text + rest
    }

    private static func character(_ name: Substring) -> Character? {
        guard name.first == "#" else { return self.named[String(name)] }
        let digits = name.dropFirst()
        let number = digits.first?.lowercased() == "x" ? UInt32(digits.dropFirst(), radix: 16) : UInt32(digits)
        return number.flatMap(Unicode.Scalar.init).map(Character.init)
    }
}
