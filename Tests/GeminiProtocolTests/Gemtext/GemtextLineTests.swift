import GeminiProtocol
import Testing

@Suite("Gemtext lines")
struct GemtextLineTests {
    @Test(
        "GT-10, GT-14: a line without a prefix, or with whitespace before it, is text as it was written",
        arguments: [
            "a", "", "   ", "\t", " # x", " => x", " * x", " ```", " > x", "\t# x", "a # b", "\u{A0}# x", "  a  ",
        ]
    )
    func text(line: String) {
        #expect(parse(line + "\n") == [.text(line)])
    }

    @Test(
        "GT-20, GT-21, GT-22: link lines",
        arguments: [
            ("=>gemini://x/ L", "gemini://x/", "L"),
            ("=> gemini://x/ L", "gemini://x/", "L"),
            ("=>\tgemini://x/\tL", "gemini://x/", "L"),
            ("=>  gemini://x/   L  ", "gemini://x/", "L"),
            ("=> \t /a \t b \t ", "/a", "b"),
            ("=> /a", "/a", nil),
            ("=> /a   ", "/a", nil),
            ("=>/a", "/a", nil),
            ("=> /a  b   c ", "/a", "b   c"),
            ("=> /a b\tc", "/a", "b\tc"),
            ("=>=> x", "=>", "x"),
            ("=> /a\u{A0}b c", "/a\u{A0}b", "c"),
        ] as [(String, String, String?)]
    )
    func link(line: String, target: String, label: String?) {
        #expect(parse(line) == [.link(target: target, label: label)])
    }

    @Test("GT-23: a link line without a target is text", arguments: ["=>", "=>   ", "=>\t", "= > /a", "=", "=/a"])
    func linkWithoutTarget(line: String) {
        #expect(parse(line) == [.text(line)])
    }

    @Test(
        "GT-24: a target may be anything, and is kept as it was written",
        arguments: ["foo/bar.txt", "?q", "#f", "//h/", "mailto:a@b", "<0032>", "/%zz", "http://[", "grüße"]
    )
    func targets(target: String) {
        #expect(parse("=> \(target) label") == [.link(target: target, label: "label")])
    }

    @Test("GT-28: a prompt line of Spartan is text")
    func spartanPrompt() {
        #expect(parse("=: /x") == [.text("=: /x")])
    }

    @Test(
        "GT-40, GT-41, GT-42: headings",
        arguments: [
            ("#A", 1, "A"), ("# A", 1, "A"), ("##A", 2, "A"), ("###\tA", 3, "A"), ("#### A", 3, "# A"),
            ("####A", 3, "#A"),
            ("#", 1, ""), ("##  ", 2, ""), ("###", 3, ""), ("# # A", 1, "# A"), ("#  A  B  ", 1, "A  B  "),
        ]
    )
    func headings(line: String, level: Int, text: String) {
        #expect(parse(line) == [.heading(level: level, text: text)])
    }

    @Test(
        "GT-50: an asterisk and a space make a list item",
        arguments: [("* x", "x"), ("* ", ""), ("*  x ", " x "), ("* * x", "* x")]
    )
    func listItems(line: String, text: String) {
        #expect(parse(line) == [.listItem(text)])
    }

    @Test(
        "GT-50, GT-51, GT-75: nothing else makes a list item, and there is no inline markup",
        arguments: ["*x", "**x", "*", "*\tx", " * x", "- x", "*bold*", "\\* x", "// comment"]
    )
    func noListItems(line: String) {
        #expect(parse(line) == [.text(line)])
    }

    @Test(
        "GT-60, GT-61: quotes, with and without a space, and nothing within them",
        arguments: [
            (">x", "x", "x"), ("> x", "x", " x"), (">", "", ""), (">  x", " x", "  x"), ("> => /a", "=> /a", " => /a"),
            (">> x", "> x", "> x"), (">\tx", "\tx", "\tx"), ("> ", "", " "), ("> \u{301}x", "\u{301}x", " \u{301}x"),
        ]
    )
    func quotes(line: String, text: String, raw: String) throws {
        let lines = parse(line)
        #expect(lines == [.quote(GemtextQuote(raw: raw))])
        guard case .quote(let quote) = try #require(lines.first) else { return }
        #expect(quote.text.unicodeScalars.elementsEqual(text.unicodeScalars))
    }

    @Test("GT-03, GT-34, GT-36: between toggles every line is preformatted, untouched")
    func preformatted() {
        #expect(
            parse("```\n=> a\n# b\n\tc  \n\n* d\n> e\n ```\n```\n# f\n") == [
                .preformattedStart(alt: nil), .preformatted("=> a"), .preformatted("# b"), .preformatted("\tc  "),
                .preformatted(""), .preformatted("* d"), .preformatted("> e"), .preformatted(" ```"), .preformattedEnd,
                .heading(level: 1, text: "f"),
            ]
        )
    }

    @Test(
        "GT-30, GT-32: what stands behind the opening backticks is kept as it was written",
        arguments: [("```", nil), ("```swift", "swift"), ("``` a b", " a b"), ("````x", "`x"), ("``````", "```")]
            as [(String, String?)]
    )
    func alt(line: String, alt: String?) {
        #expect(parse(line) == [.preformattedStart(alt: alt)])
    }

    @Test(
        "GT-30: two backticks, or whitespace before three, toggle nothing",
        arguments: ["``", "``a", " ```", "`", "a```"]
    )
    func noToggle(line: String) {
        #expect(parse(line) == [.text(line)])
    }

    @Test("GT-33: what stands behind the closing backticks is nowhere")
    func closingText() {
        #expect(
            parse("```\nx\n```junk\ny") == [
                .preformattedStart(alt: nil), .preformatted("x"), .preformattedEnd, .text("y"),
            ]
        )
    }

    @Test("GT-04: a block that is not closed ends with the document")
    func unclosed() {
        #expect(parse("```\na") == [.preformattedStart(alt: nil), .preformatted("a")])
    }

    @Test("GT-01, GT-02: a reader of the core takes headings, lists and quotes for text")
    func coreOnly() {
        let document = GemtextDocument(
            parsing: "# x\n* y\n> z\n=> /a b\n```c\nd\n```\ne",
            options: .init(coreOnly: true)
        )
        #expect(
            document.lines == [
                .text("# x"), .text("* y"), .text("> z"), .link(target: "/a", label: "b"), .preformattedStart(alt: "c"),
                .preformatted("d"), .preformattedEnd, .text("e"),
            ]
        )
    }
}

private func parse(_ text: String) -> [GemtextLine] {
    GemtextDocument(parsing: text).lines
}
