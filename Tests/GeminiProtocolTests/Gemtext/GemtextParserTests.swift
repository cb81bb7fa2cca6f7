import GeminiProtocol
import Testing

@Suite("Gemtext parser")
struct GemtextParserTests {
    @Test(
        "GT-06, GP-117: LF ends a line, with or without a CR before it, and nothing else does",
        arguments: [
            ("", []),
            ("a", ["a"]),
            ("a\n", ["a"]),
            ("a\n\n", ["a", ""]),
            ("\n", [""]),
            ("\r\n", [""]),
            ("a\nb", ["a", "b"]),
            ("a\r\nb\r\n", ["a", "b"]),
            ("a\rb", ["a\rb"]),
            ("a\r", ["a\r"]),
            ("\r", ["\r"]),
            ("a\r\r\n", ["a\r"]),
            ("a\u{85}b\u{2028}c\u{0B}d\u{0C}e", ["a\u{85}b\u{2028}c\u{0B}d\u{0C}e"]),
        ]
    )
    func lineEnds(text: String, lines: [String]) {
        #expect(GemtextDocument(parsing: text).lines == lines.map { .text($0) })
    }

    @Test("GT-11, GT-13: lines are neither joined nor collapsed")
    func independentLines() {
        #expect(
            GemtextDocument(parsing: "a\nb\n\n\nc").lines == [.text("a"), .text("b"), .text(""), .text(""), .text("c")]
        )
    }

    @Test("GT-07, GP-119: one byte order mark at the start is dropped, and none elsewhere")
    func byteOrderMark() {
        #expect(GemtextDocument(parsing: "\u{FEFF}# T").lines == [.heading(level: 1, text: "T")])
        #expect(GemtextDocument(parsing: "\u{FEFF}\u{FEFF}# T").lines == [.text("\u{FEFF}# T")])
        #expect(GemtextDocument(parsing: "a\n\u{FEFF}# T").lines == [.text("a"), .text("\u{FEFF}# T")])
        #expect(GemtextDocument(parsing: "\u{FEFF}").lines == [])
        #expect(GemtextDocument(parsing: "\u{FEFF}\n").lines == [.text("")])
    }

    static let document = """
        \u{FEFF}# Grüße 🚀\r
        => /a  b  c \r
        \r
        ```swift\r
        let x = 1\r\n\r
        ```\r
        * item\r
        > quote\r
        last\r
        """

    @Test("GT-05: a document in pieces, cut anywhere, is the same")
    func fragmentation() {
        let bytes = Array(Self.document.utf8)
        let whole = GemtextDocument(parsing: bytes.span).lines
        #expect(whole.count == 10)
        for size in 1...bytes.count {
            var lines: [GemtextLine] = []
            var parser = GemtextParser()
            for start in stride(from: 0, to: bytes.count, by: size) {
                parser.parse(bytes.span.extracting(start..<min(start + size, bytes.count))) { lines.append($0) }
            }
            parser.finish { lines.append($0) }
            #expect(lines == whole, "in pieces of \(size) bytes")
        }
    }

    @Test("GT-05: a line is handed out as soon as it has ended")
    func streaming() {
        var parser = GemtextParser()
        var lines: [GemtextLine] = []
        parser.parse(Array("# a\n=> /b".utf8).span) { lines.append($0) }
        #expect(lines == [.heading(level: 1, text: "a")])
        #expect(!parser.isPreformatted)
        parser.parse(Array(" c\n```\n".utf8).span) { lines.append($0) }
        #expect(lines.count == 3)
        #expect(parser.isPreformatted)
    }

    @Test("GT-03: a parser that has finished begins another document in normal mode")
    func reuse() {
        var parser = GemtextParser()
        var lines: [GemtextLine] = []
        for _ in 0..<2 {
            parser.parse(Array("\u{FEFF}# a\n```\nb".utf8).span) { lines.append($0) }
            parser.finish { lines.append($0) }
        }
        let once: [GemtextLine] = [.heading(level: 1, text: "a"), .preformattedStart(alt: nil), .preformatted("b")]
        #expect(lines == once + once)
    }

    @Test("What is not UTF-8 becomes U+FFFD, and the lines stay")
    func repair() {
        let bytes: [UInt8] = Array("# a".utf8) + [0xFF] + Array("b\n=> /".utf8) + [0xE2, 0x82] + Array(" x\nc".utf8)
        #expect(
            GemtextDocument(parsing: bytes.span).lines == [
                .heading(level: 1, text: "a\u{FFFD}b"), .link(target: "/\u{FFFD}", label: "x"), .text("c"),
            ]
        )
    }

    @Test(
        "A line over the limit loses its end, between characters, and the next line is whole",
        arguments: [1, 2, 7, 100]
    )
    func longLines(size: Int) {
        let bytes = Array("12345678\r\n123456789\n1234567€\n123456€\r\n🚀🚀🚀\n\n=> /x\n1234567é9".utf8)
        var lines: [GemtextLine] = []
        var parser = GemtextParser(options: .init(maximumLineLength: 8))
        for start in stride(from: 0, to: bytes.count, by: size) {
            parser.parse(bytes.span.extracting(start..<min(start + size, bytes.count))) { lines.append($0) }
        }
        parser.finish { lines.append($0) }
        let expected = ["12345678", "12345678", "1234567", "123456", "🚀🚀", ""].map { GemtextLine.text($0) }
        #expect(lines == expected + [.link(target: "/x", label: nil), .text("1234567")])
        #expect(parser.truncatedLines == 5)
    }

    @Test("A line without end is not kept beyond the limit")
    func endlessLine() throws {
        var parser = GemtextParser(options: .init(maximumLineLength: 16))
        let piece = [UInt8](repeating: UInt8(ascii: "x"), count: 1 << 16)
        var lines: [GemtextLine] = []
        for _ in 0..<64 {
            parser.parse(piece.span) { lines.append($0) }
        }
        #expect(lines.isEmpty)
        parser.finish { lines.append($0) }
        #expect(lines == [.text(String(repeating: "x", count: 16))])
    }

    @Test("A limit of nothing leaves empty lines, and one below that counts as nothing", arguments: [0, -1])
    func emptyLimit(limit: Int) {
        let document = GemtextDocument(parsing: "a\n\r\nb", options: .init(maximumLineLength: limit))
        #expect(document.lines == [.text(""), .text(""), .text("")])
    }

    @Test(
        "GT-43: the title is the first heading of level 1, else the first heading",
        arguments: [
            ("## B\n# A\n# C", "A"), ("## B\n### C", "B"), ("a\n```\n# x\n```", nil), ("", nil), ("#\n# A \t", "A"),
            ("#  \n##", nil),
        ] as [(String, String?)]
    )
    func title(text: String, title: String?) {
        #expect(GemtextDocument(parsing: text).title == title)
    }

    @Test("A document's links come in their order, those in preformatted blocks left out")
    func links() {
        let links = GemtextDocument(parsing: "=> /a A\n```\n=> /b\n```\n=>/c").links
        #expect(links.map(\.target) == ["/a", "/c"])
        #expect(links.map(\.label) == ["A", nil])
    }
}
