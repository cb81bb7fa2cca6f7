/// Reads XML with namespaces, element by element.
///
/// The part of XML 1.0 that documents without a document type declaration need. A declaration is refused, and with it
/// goes all that is dangerous in XML: there are no entities but the five that always exist, and nothing is fetched. Names
/// and characters are not checked beyond what it takes to tell one from the next. Foundation's parser would do more and
/// is not used: on Linux it ends the process over bytes that are not UTF-8, and over text before the first element.
struct XMLReader {
    /// The start of an element.
    struct Element {
        /// Its name without a prefix.
        let name: String
        let namespace: String
        /// By their names as they are written, prefix included.
        let attributes: [String: String]
    }

    enum Event {
        case start(Element)
        /// The end of the element that was started last and has not ended yet.
        case end
        /// Text between tags, or a part of it.
        case text(String)
    }

    private let bytes: [UInt8]
    private var position = 0
    /// The names of the open elements as they are written, and the namespaces that each declares by prefix.
    private var open: [(name: String, namespaces: [String: String])] = []
    private var hasRoot = false
    /// Whether the last element was an empty tag, whose end is next.
    private var isEmptyTag = false

    /// - Parameter document: UTF-8, without a byte order mark.
    init(_ document: [UInt8]) {
        self.bytes = document
    }

    /// The next event; `nil` at the end of the document.
    mutating func next() throws(FeedError) -> Event? {
        if self.isEmptyTag {
            self.isEmptyTag = false
            self.open.removeLast()
            return .end
        }
        while self.position < self.bytes.count {
            if self.bytes[self.position] != UInt8(ascii: "<") {
                if let text = try self.text() { return .text(text) }
            } else if self.take("<!--") {
                _ = try self.takeUntil("-->")
            } else if self.take("<?") {
                _ = try self.takeUntil("?>")
            } else if self.take("<![CDATA[") {
                guard !self.open.isEmpty else { throw self.malformed }
                return .text(String(decoding: self.bytes[try self.takeUntil("]]>")], as: UTF8.self))
            } else if self.isNext("<!") {
                throw self.hasRoot ? self.malformed : .documentType
            } else if self.take("</") {
                let name = self.takeName()
                self.skipSpace()
                guard self.take(">"), self.open.popLast()?.name == name else { throw self.malformed }
                return .end
            } else {
                return .start(try self.start())
            }
        }
        guard self.hasRoot, self.open.isEmpty else { throw self.malformed }
        return nil
    }

    /// Reads text up to the next tag; outside the root element only white space may stand.
    private mutating func text() throws(FeedError) -> String? {
        let end = self.bytes[self.position...].firstIndex(of: UInt8(ascii: "<")) ?? self.bytes.count
        let range = self.position..<end
        guard !self.open.isEmpty else {
            guard self.bytes[range].allSatisfy(Self.isSpace) else { throw self.malformed }
            self.position = end
            return nil
        }
        let text = try self.expanded(range)
        self.position = end
        return text
    }

    private mutating func start() throws(FeedError) -> Element {
        guard !self.open.isEmpty || !self.hasRoot else { throw self.malformed }
        self.position += 1
        let name = self.takeName()
        guard !name.isEmpty else { throw self.malformed }
        var attributes: [String: String] = [:]
        var namespaces: [String: String] = [:]
        while true {
            let hadSpace = self.skipSpace()
            if self.take("/>") {
                self.isEmptyTag = true
                break
            }
            if self.take(">") { break }
            guard hadSpace else { throw self.malformed }
            let (name, value) = try self.attribute()
            guard attributes.updateValue(value, forKey: name) == nil else { throw self.malformed }
            if name == "xmlns" {
                namespaces[""] = value
            } else if name.hasPrefix("xmlns:") {
                namespaces[String(name.dropFirst(6))] = value
            }
        }
        self.hasRoot = true
        self.open.append((name, namespaces))
        let parts = name.split(separator: ":", maxSplits: 1, omittingEmptySubsequences: false).map(String.init)
        return Element(
            name: parts.count == 2 ? parts[1] : name,
            namespace: self.namespace(parts.count == 2 ? parts[0] : ""),
            attributes: attributes
        )
    }

    private mutating func attribute() throws(FeedError) -> (String, String) {
        let name = self.takeName()
        self.skipSpace()
        guard !name.isEmpty, self.take("=") else { throw self.malformed }
        self.skipSpace()
        guard self.position < self.bytes.count else { throw self.malformed }
        let quote = self.bytes[self.position]
        guard quote == UInt8(ascii: "\"") || quote == UInt8(ascii: "'"),
            let end = self.bytes[(self.position + 1)...].firstIndex(of: quote)
        else { throw self.malformed }
        let range = (self.position + 1)..<end
        guard !self.bytes[range].contains(UInt8(ascii: "<")) else { throw self.malformed }
        let value = try self.expanded(range)
        self.position = end + 1
        return (name, value)
    }

    private func namespace(_ prefix: String) -> String {
        for element in self.open.reversed() {
            if let namespace = element.namespaces[prefix] { return namespace }
        }
        return ""
    }
}

extension XMLReader {
    /// What is wrong is here.
    private var malformed: FeedError {
        .malformed(line: self.bytes[..<min(self.position, self.bytes.count)].count { $0 == 0x0A } + 1)
    }

    private static func isSpace(_ byte: UInt8) -> Bool {
        byte == 0x20 || byte == 0x09 || byte == 0x0A || byte == 0x0D
    }

    private func isNext(_ text: StaticString) -> Bool {
        self.bytes[self.position...].starts(with: text.description.utf8)
    }

    private mutating func take(_ text: StaticString) -> Bool {
        guard self.isNext(text) else { return false }
        self.position += text.utf8CodeUnitCount
        return true
    }

    /// Takes everything up to a text, and the text.
    ///
    /// - Returns: where that which is before it lies.
    private mutating func takeUntil(_ text: StaticString) throws(FeedError) -> Range<Int> {
        let wanted = Array(text.description.utf8)
        let start = self.position
        while let first = self.bytes[self.position...].firstIndex(of: wanted[0]) {
            self.position = first
            if self.take(text) { return start..<first }
            self.position += 1
        }
        throw self.malformed
    }

    @discardableResult
    private mutating func skipSpace() -> Bool {
        let start = self.position
        while self.position < self.bytes.count, Self.isSpace(self.bytes[self.position]) {
            self.position += 1
        }
        return self.position > start
    }

    /// Takes what can be a name: everything up to white space or a character that has a meaning in a tag.
    private mutating func takeName() -> String {
        let start = self.position
        while self.position < self.bytes.count, !Self.isSpace(self.bytes[self.position]),
            !"/>=<\"'&".utf8.contains(self.bytes[self.position])
        {
            self.position += 1
        }
        return String(decoding: self.bytes[start..<self.position], as: UTF8.self)
    }

    /// The text in a range, with what its references stand for.
    private mutating func expanded(_ range: Range<Int>) throws(FeedError) -> String {
        var text: [UInt8] = []
        text.reserveCapacity(range.count)
        var rest = self.bytes[range]
        while let ampersand = rest.firstIndex(of: UInt8(ascii: "&")) {
            text += rest[..<ampersand]
            let name = rest[(ampersand + 1)...].prefix(10)
            guard let end = name.firstIndex(of: UInt8(ascii: ";")),
                let scalar = Self.scalar(String(decoding: name[..<end], as: UTF8.self))
            else {
                self.position = ampersand
                throw self.malformed
            }
            text += Array(String(Character(scalar)).utf8)
            rest = rest[(end + 1)...]
        }
        return String(decoding: text + rest, as: UTF8.self)
    }

    private static func scalar(_ reference: String) -> Unicode.Scalar? {
        switch reference {
        case "amp": "&"
        case "lt": "<"
        case "gt": ">"
        case "quot": "\""
        case "apos": "'"
        default: Unicode.Scalar(characterReference: reference[...])
        }
    }
}

extension Unicode.Scalar {
    /// Reads `#65` or `#x41`.
    init?(characterReference text: Substring) {
        guard text.first == "#" else { return nil }
        let digits = text.dropFirst()
        let isHexadecimal = digits.first == "x" || digits.first == "X"
        let number = isHexadecimal ? UInt32(digits.dropFirst(), radix: 16) : UInt32(digits)
        guard let number, number > 0, let scalar = Unicode.Scalar(number) else { return nil }
        self = scalar
    }
}
