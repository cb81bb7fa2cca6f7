import GeminiProtocol
import Testing

@Suite("Gemtext builder")
struct GemtextBuilderTests {
    @Test("GT-74, GP-116: every line type, with LF ends and a final one")
    func page() {
        var page = Gemtext()
        page.heading(1, "Title")
        page.blank()
        page.text("Hello")
        page.link("/path", "label")
        page.link("/bare")
        page.heading(2, "Section")
        page.heading(3, "Part")
        page.list(["one", "two"])
        page.quote("said")
        page.preformatted("let x = 1\n\tlet y", alt: "swift")
        page.preformatted("plain")
        #expect(
            page.description == """
                # Title

                Hello
                => /path label
                => /bare
                ## Section
                ### Part
                * one
                * two
                > said
                ```swift
                let x = 1
                \tlet y
                ```
                ```
                plain
                ```

                """
        )
        #expect(Gemtext().isEmpty && Gemtext().description == "")
    }

    @Test(
        "GT-37: colours of preformatted text are replaced, kept or removed, and nothing else passes with them",
        arguments: [
            ("\u{1B}[1;31mred\u{1B}[0m", "\u{FFFD}[1;31mred\u{FFFD}[0m", "\u{1B}[1;31mred\u{1B}[0m", "red"),
            ("\u{1B}[2Jx\u{7}", "\u{FFFD}[2Jx\u{FFFD}", "\u{FFFD}[2Jx\u{FFFD}", "\u{FFFD}[2Jx\u{FFFD}"),
            ("\u{1B}[31", "\u{FFFD}[31", "\u{FFFD}[31", "\u{FFFD}[31"),
            (
                "\u{1B}[m``\u{1B}[1m`", "\u{FFFD}[m``\u{FFFD}[1m`", "\u{200B}\u{1B}[m``\u{1B}[1m`", "\u{200B}```"
            ),
            ("  é", "  é", "  é", "  é"),
        ]
    )
    func colours(_ text: String, _ replaced: String, _ kept: String, _ removed: String) {
        func body(_ colours: ANSIColours) -> String {
            Gemtext { Preformatted("a\n\(text)", alt: "art", colours: colours) }.description
        }
        #expect(body(.replaced) == "```art\na\n\(replaced)\n```\n")
        #expect(body(.kept) == "```art\na\n\(kept)\n```\n")
        #expect(body(.removed) == "```art\na\n\(removed)\n```\n")
    }

    @Test(
        "GT-73: a visitor's text stays text",
        arguments: [
            "=> gemini://evil/ click", "=>evil", "# heading", "#", "## x", "* item", "* ", "> quote", ">", "```",
            "```swift",
            "*\titem", "  => evil", "\t# x", "\u{A0}> x", "\u{3000}* x", "\u{FEFF}=> evil", "\u{FEFF} \u{FEFF}# x",
        ]
    )
    func escaping(text: String) throws {
        var page = Gemtext()
        page.text(text)
        page.text("next")
        let lines = GemtextDocument(parsing: page.bytes.span).lines
        #expect(lines.count == 2)
        #expect(lines.last == .text("next"))
        guard case .text(let line) = try #require(lines.first) else {
            Issue.record("\(lines)")
            return
        }
        // Neither does it become another type for a client that trims its lines.
        #expect(line.unicodeScalars.contains("\u{200B}"))
        let trimmed = String(line.drop { $0.isWhitespace || $0 == "\u{FEFF}" })
        #expect(GemtextDocument(parsing: trimmed).lines == [.text(trimmed)])
        // Nothing is lost.
        let visible = line.unicodeScalars.filter { $0 != "\u{200B}" }
        #expect(String(String.UnicodeScalarView(visible)) == String(text.drop { $0 == "\u{FEFF}" }))
    }

    @Test(
        "GT-73, GT-75: text that is no markup is left alone",
        arguments: [
            "a => b", "*bold*", "*", "**", "`code`", "``x``", "-> x", "=", "= > x", "- x", "1. x", "  indented",
            "Grüße",
        ]
    )
    func nothingToEscape(text: String) {
        var page = Gemtext()
        page.text(text)
        #expect(page.description == text + "\n")
    }

    @Test(
        "GT-73: every line of a text is a text line, by any line break that a client might know",
        arguments: ["\n", "\r\n", "\r", "\u{0B}", "\u{0C}", "\u{85}", "\u{2028}", "\u{2029}"]
    )
    func multipleLines(lineBreak: String) {
        var page = Gemtext()
        page.text("a\(lineBreak)=> /evil x\(lineBreak)\(lineBreak)b\(lineBreak)")
        #expect(page.description == "a\n\u{200B}=> /evil x\n\nb\n")

        var single = Gemtext()
        single.heading(1, "a\(lineBreak)# b")
        single.listItem("a\(lineBreak)* b")
        single.link("/a", "b\(lineBreak)=> /c d")
        single.quote("a\(lineBreak)# b")
        single.preformatted("a\(lineBreak)```\(lineBreak)b", alt: "c\(lineBreak)```")
        #expect(
            single.description == """
                # a # b
                * a * b
                => /a b => /c d
                > a
                > # b
                ```c ```
                a
                \u{200B}```
                b
                ```

                """
        )
    }

    @Test("GT-74: no control character but TAB leaves", arguments: (0x00...0x9F).filter { $0 < 0x20 || $0 > 0x7E })
    func controls(value: UInt32) throws {
        let scalar = try #require(Unicode.Scalar(value))
        let text = "a\(scalar)b"
        var page = Gemtext()
        page.text(text)
        page.heading(1, text)
        page.listItem(text)
        page.quote(text)
        page.link(text, text)
        page.link(file: text)
        page.preformatted(text, alt: text)
        let allowed: Set<Unicode.Scalar> = ["\t", "\n"]
        #expect(
            page.description.unicodeScalars.allSatisfy {
                allowed.contains($0) || $0.properties.generalCategory != .control
            }
        )
        #expect(GemtextDocument(parsing: page.bytes.span).links.count == 2)
    }

    @Test("GT-74: TAB stays in text, quotes and preformatted lines")
    func tabs() {
        var page = Gemtext()
        page.text("a\tb")
        page.quote("\tc")
        page.preformatted("\td\t")
        page.listItem("a\tb")
        #expect(page.description == "a\tb\n> \tc\n```\n\td\t\n```\n* a b\n")
    }

    @Test(
        "GT-25: what may not stand in a URI is percent-encoded in a link's target",
        arguments: [
            ("/a b", "/a%20b"),
            ("/a\nb", "/a%0Ab"),
            ("/a\r\n=> /evil", "/a%0D%0A=%3E%20/evil"),
            (" /a ", "%20/a%20"),
            ("/é", "/%C3%A9"),
            ("/a%20b", "/a%20b"),
            ("/100%", "/100%25"),
            ("/%zz", "/%25zz"),
            ("/<>\"{}|\\^`", "/%3C%3E%22%7B%7D%7C%5C%5E%60"),
            ("gemini://h:1965/~u/?q=a&b#f", "gemini://h:1965/~u/?q=a&b#f"),
            ("gemini://[::1]/a[1]?b[2]", "gemini://[::1]/a%5B1%5D?b%5B2%5D"),
            ("//[::1]", "//[::1]"),
            ("/a//[b]", "/a//%5Bb%5D"),
            ("/a#b#c", "/a#b%23c"),
            ("mailto:a@b", "mailto:a@b"),
            ("\u{FEFF}/a", "%EF%BB%BF/a"),
            ("\u{2028}", "%E2%80%A8"),
            ("", "#"),
        ]
    )
    func targets(target: String, encoded: String) {
        var page = Gemtext()
        page.link(target, "label")
        #expect(page.description == "=> \(encoded) label\n")
        #expect(GemtextDocument(parsing: page.bytes.span).lines == [.link(target: encoded, label: "label")])
    }

    @Test(
        "GT-25, GT-26: the name of a file becomes a target, and its label",
        arguments: [
            ("a b#c?.gmi", "=> a%20b%23c%3F.gmi a b#c?.gmi\n"),
            ("a:b", "=> ./a:b a:b\n"),
            ("100%.gmi", "=> 100%25.gmi 100%.gmi\n"),
            ("//x", "=> %2F%2Fx //x\n"),
            ("a\nb", "=> a%0Ab a b\n"),
            ("", "=> ./\n"),
        ]
    )
    func files(name: String, line: String) {
        var page = Gemtext()
        page.link(file: name)
        #expect(page.description == line)
    }

    @Test("GT-25: a file's label can be another than its name")
    func fileLabel() {
        var page = Gemtext()
        page.link(file: "a.gmi", "A")
        #expect(page.description == "=> a.gmi A\n")
    }

    @Test("GT-21: a label of nothing but spaces is none", arguments: ["", " ", "\n", " \t\r\n", "\u{FEFF}"])
    func emptyLabels(label: String) {
        var page = Gemtext()
        page.link("/a", label)
        #expect(page.description == "=> /a\n")
    }

    @Test(
        "GT-37: a preformatted line that would end its block is altered",
        arguments: [
            ("```", "\u{200B}```"), ("````x", "\u{200B}````x"), (" ```", " \u{200B}```"), ("``", "``"),
            ("a```", "a```"),
        ]
    )
    func nestedToggles(line: String, written: String) {
        var page = Gemtext()
        page.preformatted(line)
        #expect(page.description == "```\n\(written)\n```\n")
    }

    @Test("GT-34: preformatted whitespace is untouched, an empty text has no lines, and the alt text none to break")
    func preformatted() {
        var page = Gemtext()
        page.preformatted("  a  \n\n b\n", alt: "")
        page.preformatted("")
        page.preformatted("\n", alt: " `x\n")
        #expect(page.description == "```\n  a  \n\n b\n```\n```\n```\n````x\n\n```\n")
    }

    @Test("GT-40, GT-41: a heading has a level from 1 to 3 and may begin with a number sign, or be empty")
    func headings() {
        var page = Gemtext()
        page.heading(1, "# A")
        page.heading(0, "A")
        page.heading(9, "#")
        page.heading(2, "  ")
        #expect(
            GemtextDocument(parsing: page.bytes.span).lines == [
                .heading(level: 1, text: "# A"), .heading(level: 1, text: "A"), .heading(level: 3, text: "#"),
                .heading(level: 2, text: ""),
            ]
        )
    }

    @Test("GP-118, GT-74: a page never begins with a byte order mark")
    func byteOrderMark() {
        var page = Gemtext()
        page.text("\u{FEFF}\u{FEFF}a\u{FEFF}")
        #expect(page.description == "a\u{FEFF}\n")
    }

    @Test("An empty text and an empty quote are a line each")
    func emptyLines() {
        var page = Gemtext()
        page.text("")
        page.quote("")
        page.listItem("")
        page.list([String]())
        #expect(page.description == "\n>\n* \n")
    }

    @Test("DG-09: nothing but LF is a line break to anybody, whoever splits the page")
    func onlyLineFeeds() {
        var page = Gemtext()
        page.text("a\u{2028}b\u{1C}c\u{1D}d\u{1E}e\u{85}f\r\ng")
        #expect(page.description.split(whereSeparator: \.isNewline).count == page.bytes.count { $0 == 0x0A })
        #expect(!page.description.unicodeScalars.contains { (0x1C...0x1E).contains($0.value) })
    }

    @Test("A page is put together of parts")
    func appending() {
        var header = Gemtext()
        header.heading(1, "A")
        var page = Gemtext()
        page.append(header)
        page.text("b")
        #expect(page.description == "# A\nb\n")
    }
}
