import GeminiProtocol
import Testing

@testable import CanaveralCommand

@Suite("Gemtext on a terminal")
struct GemtextRendererTests {
    private static func render(_ gemtext: String, width: Int = 20, isStyled: Bool = false) -> [String] {
        let renderer = GemtextRenderer(width: width, isStyled: isStyled, resolve: { "gemini://h/" + $0 })
        var parser = GemtextParser()
        var lines: [String] = []
        parser.parse(Array(gemtext.utf8).span) { lines += renderer.render($0) }
        parser.finish { lines += renderer.render($0) }
        return lines
    }

    @Test(
        "Each kind of line has its shape, and hangs under its beginning",
        arguments: [
            ("plain text that is wrapped", ["plain text that is", "wrapped"]),
            ("", []),
            ("a\n\nb", ["a", "", "b"]),
            ("# One two three four five", ["# One two three four", "  five"]),
            ("### Three", ["### Three"]),
            ("* item item item item item", ["• item item item", "  item item"]),
            ("> quote quote quote quote", ["│ quote quote quote", "│ quote"]),
            ("=> a Label", ["=> Label", "   gemini://h/a"]),
            ("=> a A label that is long, it is", ["=> A label that is", "   long, it is", "   gemini://h/a"]),
            ("=> a", ["=> gemini://h/a"]),
            ("tab\there", ["tab here"]),
        ] as [(String, [String])]
    )
    func shapes(_ vector: (gemtext: String, lines: [String])) {
        #expect(Self.render(vector.gemtext) == vector.lines)
    }

    @Test("GT-35: preformatted lines are as they came, however long")
    func preformatted() {
        #expect(Self.render("```alt\n  wide\tenough to go beyond\n```\n# x") == ["  wide\tenough to go beyond", "# x"])
    }

    @Test("An address is not broken, so that a terminal knows it for one")
    func address() {
        #expect(Self.render("=> averyveryverylongaddress x")[1] == "   gemini://h/averyveryverylongaddress")
    }

    @Test("Text is no wider than is pleasant, whatever the terminal")
    func comfortable() {
        let lines = Self.render(String(repeating: "word ", count: 100), width: 300)
        #expect(lines.allSatisfy { $0.columns <= GemtextRenderer.comfortableWidth })
        #expect(Self.render("a b", width: 1) == ["a", "b"])
    }

    @Test(
        "Nothing of a page steers the terminal, in any line, with style or without",
        arguments: ["", "# ", "* ", "> ", "=> ", "=> a ", "```\n"]
    )
    func hostile(_ prefix: String) {
        let evil = "x\u{1B}]0;t\u{07}\u{9B}2J\u{202E}y\r\u{08}"
        for isStyled in [false, true] {
            let text = Self.render(prefix + evil, width: 200, isStyled: isStyled).joined()
            let own = text.replacing(/\u{1B}\[[0-9;]*m/, with: "")
            for scalar: Unicode.Scalar in ["\u{1B}", "\u{07}", "\u{9B}", "\u{202E}", "\u{08}", "\r"] {
                #expect(!own.unicodeScalars.contains(scalar), "\(scalar.escaped(asASCII: true))")
            }
        }
    }

    @Test("What languages and emoji need stays", arguments: ["👩‍👩‍👧‍👦", "🏴󠁧󠁢󠁥󠁮󠁧󠁿", "نمی\u{200C}خواهم", "soft\u{AD}ly"])
    func readable(_ text: String) {
        #expect(Self.render(text, width: 60) == [text])
    }

    @Test("Styles end with each line")
    func styles() {
        #expect(Self.render("# One two three four five", isStyled: true).allSatisfy { $0.hasSuffix("\u{1B}[0m") })
        #expect(Self.render("# A", isStyled: true) == ["\u{1B}[1;36m# A\u{1B}[0m"])
        #expect(Self.render("plain", isStyled: true) == ["plain"])
    }
}
