/// Writes XML 1.0 in UTF-8. What XML cannot hold becomes U+FFFD.
struct XMLWriter {
    private(set) var bytes = Array("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n".utf8)

    mutating func start(_ name: StaticString, _ attributes: KeyValuePairs<StaticString, String> = [:]) {
        self.open(name, attributes)
        self.bytes += ">\n".utf8
    }

    mutating func end(_ name: StaticString) {
        self.bytes += "</\(name)>\n".utf8
    }

    mutating func empty(_ name: StaticString, _ attributes: KeyValuePairs<StaticString, String>) {
        self.open(name, attributes)
        self.bytes += "/>\n".utf8
    }

    /// Writes an element that holds a line of text.
    mutating func element(_ name: StaticString, _ text: String) {
        self.open(name, [:])
        self.bytes += ">".utf8
        self.append(text.asOneLine)
        self.end(name)
    }

    private mutating func open(_ name: StaticString, _ attributes: KeyValuePairs<StaticString, String>) {
        self.bytes += "<\(name)".utf8
        for (name, value) in attributes {
            self.bytes += " \(name)=\"".utf8
            self.append(value)
            self.bytes += "\"".utf8
        }
    }

    private mutating func append(_ text: String) {
        for scalar in text.unicodeScalars {
            switch scalar {
            case "&": self.bytes += "&amp;".utf8
            case "<": self.bytes += "&lt;".utf8
            case ">": self.bytes += "&gt;".utf8
            case "\"": self.bytes += "&quot;".utf8
            case "\u{FFFE}", "\u{FFFF}", "\u{0}"..."\u{1F}": self.bytes += "\u{FFFD}".utf8
            default: self.bytes += UTF8.encode(scalar).map { Array($0) } ?? []
            }
        }
    }
}
