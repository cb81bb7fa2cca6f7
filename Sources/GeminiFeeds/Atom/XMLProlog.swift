/// Looks at what stands before the first element of an XML document, before a parser does.
///
/// A document type declaration can make a parser read other files, and grow a few bytes into gigabytes. It can stand
/// there alone. Encodings other than those below could hide it.
struct XMLProlog {
    /// Those in which ASCII is ASCII and nothing else is, in capitals.
    private static let encodings: Set<String> = ["UTF-8", "UTF8", "US-ASCII", "ASCII", "ISO-8859-1", "LATIN1"]

    private let bytes: [UInt8]
    private var position: Int

    init(_ bytes: [UInt8]) {
        self.bytes = bytes
        self.position = bytes.starts(with: [0xEF, 0xBB, 0xBF]) ? 3 : 0
    }

    func check() throws(FeedError) {
        var prolog = self
        try prolog.walk()
    }

    private mutating func walk() throws(FeedError) {
        // UTF-16 and UTF-32 have NULs in every tag; XML in the others has none at all.
        guard !self.bytes.contains(0) else { throw .unsupportedEncoding("UTF-16") }
        if self.isNext("<?xml"), let end = self.end(of: "?>") {
            try self.checkDeclaration(String(decoding: self.bytes[self.position..<end], as: UTF8.self))
        }
        while true {
            while self.position < self.bytes.count, [0x20, 0x09, 0x0A, 0x0D].contains(self.bytes[self.position]) {
                self.position += 1
            }
            if self.isNext("<!--"), let end = self.end(of: "-->") {
                self.position = end
            } else if self.isNext("<?"), let end = self.end(of: "?>") {
                self.position = end
            } else if self.isNext("<!") {
                throw .documentType
            } else {
                // An element, or something that the parser will not like.
                return
            }
        }
    }

    private func checkDeclaration(_ declaration: String) throws(FeedError) {
        guard let name = declaration.firstRange(of: "encoding") else { return }
        let rest = declaration[name.upperBound...].drop { $0 == "=" || $0.isWhitespace }
        guard let quote = rest.first, quote == "\"" || quote == "'" else { throw .unsupportedEncoding("?") }
        let encoding = rest.dropFirst().prefix { $0 != quote }
        guard Self.encodings.contains(encoding.uppercased()) else { throw .unsupportedEncoding(String(encoding)) }
    }

    private func isNext(_ text: StaticString) -> Bool {
        self.bytes[self.position...].starts(with: text.description.utf8)
    }

    /// The position behind the next such text.
    private func end(of text: String) -> Int? {
        let wanted = Array(text.utf8)
        var start = self.position
        while let first = self.bytes[start...].firstIndex(of: wanted[0]) {
            if self.bytes[first...].starts(with: wanted) { return first + wanted.count }
            start = first + 1
        }
        return nil
    }
}
