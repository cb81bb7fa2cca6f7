/// A piece of HTML.
enum HTMLToken: Equatable {
    case text(String)
    case start(String, [String: String])
    case end(String)
}

/// The pieces of a page of HTML, in order, without its comments, scripts, style sheets and drawings.
///
/// It takes everything, as browsers do: what is not closed ends with the page. Time and memory are linear in its length.
struct HTMLTokens: Sequence, IteratorProtocol {
    private static let skipped: Set<String> = ["iframe", "script", "style", "svg", "template"]

    private let bytes: [UInt8]
    private var position = 0

    init(_ html: String) {
        self.bytes = Array(html.utf8)
    }

    mutating func next() -> HTMLToken? {
        while self.position < self.bytes.count {
            if self.isAt("<!--") {
                self.skip(past: "-->")
            } else if self.isAt("<!") || self.isAt("<?") {
                self.skip(past: ">")
            } else if self.isAt("</"), self.byte(at: 2).isLetter {
                self.position += 2
                let name = self.name()
                self.skip(past: ">")
                return .end(name)
            } else if self.isAt("<"), self.byte(at: 1).isLetter {
                self.position += 1
                let name = self.name()
                let attributes = self.attributes()
                guard Self.skipped.contains(name) else { return .start(name, attributes) }
                self.skip(past: "</\(name)")
                self.skip(past: ">")
            } else {
                // The first byte is text, a lone `<` too.
                let start = self.position
                self.position += 1
                self.take { $0 != UInt8(ascii: "<") }
                return .text(HTMLEntities.decode(self.bytes[start..<self.position]))
            }
        }
        return nil
    }

    private mutating func name() -> String {
        String(decoding: self.take { !$0.isSpace && $0 != .greater && $0 != .slash }, as: UTF8.self).lowercased()
    }

    /// Reads up to the end of the tag.
    private mutating func attributes() -> [String: String] {
        var attributes: [String: String] = [:]
        while self.position < self.bytes.count {
            self.take { $0.isSpace || $0 == .slash || $0 == .equals }
            if self.byte(at: 0) == .greater {
                self.position += 1
                break
            }
            let name = self.take { !$0.isSpace && $0 != .greater && $0 != .slash && $0 != .equals }
            self.take(while: \.isSpace)
            var value = ""
            if self.byte(at: 0) == .equals {
                self.position += 1
                self.take(while: \.isSpace)
                value = self.value()
            }
            let key = String(decoding: name, as: UTF8.self).lowercased()
            attributes[key] = attributes[key] ?? value  // of two the first counts
        }
        return attributes
    }

    private mutating func value() -> String {
        let quote = self.byte(at: 0)
        guard quote == UInt8(ascii: "\"") || quote == UInt8(ascii: "'") else {
            return HTMLEntities.decode(self.take { !$0.isSpace && $0 != .greater })
        }
        self.position += 1
        let value = self.take { $0 != quote }
        self.position += 1
        return HTMLEntities.decode(value)
    }

    // MARK: Bytes

    /// A byte from here on, 0 behind the end.
    private func byte(at offset: Int) -> UInt8 {
        self.position + offset < self.bytes.count ? self.bytes[self.position + offset] : 0
    }

    private func isAt(_ text: String) -> Bool {
        self.bytes[Swift.min(self.position, self.bytes.count)...].prefix(text.utf8.count)
            .elementsEqual(text.utf8) { $0.lowercase == $1 }
    }

    @discardableResult
    private mutating func take(while condition: (UInt8) -> Bool) -> ArraySlice<UInt8> {
        let start = Swift.min(self.position, self.bytes.count)
        self.position = start
        while self.position < self.bytes.count, condition(self.bytes[self.position]) { self.position += 1 }
        return self.bytes[start..<self.position]
    }

    /// Goes behind the next place of a text, or to the end.
    private mutating func skip(past text: String) {
        while self.position < self.bytes.count, !self.isAt(text) { self.position += 1 }
        self.position += text.utf8.count
    }
}

extension UInt8 {
    fileprivate static let equals = UInt8(ascii: "=")
    fileprivate static let greater = UInt8(ascii: ">")
    fileprivate static let slash = UInt8(ascii: "/")

    fileprivate var lowercase: UInt8 {
        (UInt8(ascii: "A")...UInt8(ascii: "Z")).contains(self) ? self | 0x20 : self
    }

    fileprivate var isLetter: Bool {
        (UInt8(ascii: "a")...UInt8(ascii: "z")).contains(self.lowercase)
    }

    fileprivate var isSpace: Bool {
        self == 0x20 || (0x09...0x0D).contains(self)
    }
}
