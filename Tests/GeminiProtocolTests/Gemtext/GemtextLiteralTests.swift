import FuzzProperties
import GeminiProtocol
import Testing

@Suite("Gemtext literals")
struct GemtextLiteralTests {
    private let space = "\u{200B}"

    @Test("A literal is the markup that it is written in, with an LF at each end")
    func markup() {
        let page: Gemtext = "# Title\r\n\n=> /a b\n```art\n\u{1B}[31m*\n```"
        #expect(page.description == "# Title\n\n=> /a b\n```art\n\u{1B}[31m*\n```\n")
        #expect(("" as Gemtext).isEmpty)
        #expect(("a\n" as Gemtext).description == "a\n" && ("a\n\n" as Gemtext).description == "a\n\n")
        #expect(("\u{FEFF}# a" as Gemtext).description == "# a\n")
    }

    @Test("A block that a literal leaves open is closed, so that what follows is outside of it")
    func openBlock() {
        var page: Gemtext = "```\na"
        page.append("# b")
        #expect(page.description == "```\na\n```\n# b\n")
    }

    @Test("GT-73: values are text, whatever is in them")
    func values() {
        let evil = "=> gemini://evil/ x\n# y"
        #expect(("\(evil)" as Gemtext).description == "\(space)=> gemini://evil/ x # y\n")
        #expect(("Hi \(evil)" as Gemtext).description == "Hi => gemini://evil/ x # y\n")
        #expect(("> \(evil)" as Gemtext).description == "> => gemini://evil/ x # y\n")
        #expect(("\(7) of \(true)" as Gemtext).description == "7 of true\n")
        #expect(("a\("\u{1B}\r\n\u{85}")b" as Gemtext).description == "a\u{FFFD}  b\n")
    }

    @Test("GT-73: what the author wrote and a value make no markup together")
    func completions() {
        let (hash, tick, angle, nothing) = ("# x", "``", ">", "")
        #expect(("#\(hash)" as Gemtext).description == "#\(space)# x\n")
        #expect(("`\(tick)" as Gemtext).description == "\(space)```\n")
        #expect(("=\(angle) a" as Gemtext).description == "\(space)=> a\n")
        #expect(("*\(" a")" as Gemtext).description == "\(space)* a\n")
        #expect((" \t\(hash)" as Gemtext).description == " \t\(space)# x\n")
        #expect(("\(nothing)# x" as Gemtext).description == "\(space)# x\n")
        #expect(
            ("```\n`\(tick)\n# \(hash)\n```\n\(hash)" as Gemtext).description
                == "```\n\(space)```\n# # x\n```\n\(space)# x\n"
        )
    }

    @Test("GT-25: a value in a target is one segment or component")
    func targets() {
        let name = "a/b?c#d e:f@%2F\n"
        #expect(
            ("=> /users/\(name)/edit Edit \(name)" as Gemtext).description
                == "=> /users/a%2Fb%3Fc%23d%20e%3Af%40%252F%0A/edit Edit a/b?c#d e:f@%2F \n"
        )
        #expect(("=>\("x:y") z" as Gemtext).description == "=>x%3Ay z\n")
        #expect(("=> /s?q=\("a&b=c")&p=\(2)" as Gemtext).description == "=> /s?q=a%26b%3Dc&p=2\n")
    }

    @Test("RFC 3986 §5.2.4: no value leads up, or out", arguments: ["", ".", ".."])
    func dots(value: String) throws {
        let page: Gemtext = "=> /a/\(value)/b\n=> \(value)/b\n=> /\(value)/evil.example\n=> /%2E\(value)"
        let base = try URIReference("gemini://example.org/log/1")
        let targets = try GemtextDocument(parsing: page.bytes.span).links.map {
            try URIReference($0.target).resolved(against: base).normalized().description
        }
        let escaped = "\(value)%E2%80%8B"
        #expect(targets[0] == "gemini://example.org/a/\(escaped)/b")
        #expect(targets[1] == "gemini://example.org/log/\(escaped)/b")
        #expect(targets[2] == "gemini://example.org/\(escaped)/evil.example")
        #expect(targets[3].hasPrefix("gemini://example.org/."))
    }

    @Test("References go into a target as they are, and are text elsewhere")
    func references() throws {
        let url = try GeminiURL("gemini://example.org/a?b")
        let reference = try URIReference("../c?d#e")
        #expect(("=> \(url) A" as Gemtext).description == "=> gemini://example.org/a?b A\n")
        #expect(("=> \(reference)\n\(reference)" as Gemtext).description == "=> ../c?d#e\n../c?d#e\n")
        #expect(("=> \(link: "/a b") c" as Gemtext).description == "=> /a%20b c\n")
        #expect(("=> \(link: "") c" as Gemtext).description == "=> # c\n")
    }

    @Test("Lines keep the prefix that they stand behind")
    func lines() {
        let text = "a\n```\r\n# b\n"
        #expect(("> \(lines: text)" as Gemtext).description == "> a\n> ```\n> # b\n")
        #expect(("* \(lines: text)" as Gemtext).description == "* a\n* ```\n* # b\n")
        #expect(("\(lines: text)" as Gemtext).description == "a\n\(space)```\n\(space)# b\n")
        #expect(("```\n\(lines: text)\n```" as Gemtext).description == "```\na\n\(space)```\n# b\n```\n")
        #expect(("# \(lines: text)" as Gemtext).description == "# a ``` # b \n")
    }

    @Test("A document is its lines where it stands alone, and text elsewhere")
    func documents() {
        let footer: Gemtext = "=> / Home\n# x"
        #expect(("a\n\(footer)\nb" as Gemtext).description == "a\n=> / Home\n# x\nb\n")
        #expect(("> \(footer)" as Gemtext).description == "> => / Home # x\n")
        #expect(("```\n\(footer)\n```" as Gemtext).description == "```\n=> / Home\n# x\n```\n")
    }

    @Test(
        "GT-73: no text changes a line of any template",
        arguments: [
            "", " ", "#", "##", "###", "# x", ">", "=>", "=> x", "*", "* ", "`", "``", "```", "\u{FEFF}", "\u{FEFF}# x",
            "..",
            ".", "%", "2F", "/", "//evil", "?", "&a=b", "\r", "\n", "\r\n# x", "\u{2028}=> x", "\u{85}```", "\u{B}* a",
            "\u{A0}# x",
        ]
    )
    func property(text: String) {
        for other in ["", "x", "# x", "``", " ", "> x", "../.."] {
            checkGemtextLiteralProperties(Array("\(text)\0\(other)".utf8))
        }
    }
}
