import GeminiProtocol
import Testing

@Suite("Meta")
struct MetaTests {
    @Test(
        "GP-071: printable text in any script is taken as it is",
        arguments: [
            "Grüße", "text/gemini; lang=en", "Your name? ", "名前は？", "🚀", "a\u{A0}b",
            String(repeating: "x", count: 1024),
        ]
    )
    func printable(text: String) throws {
        #expect(try Meta(text).text == text)
        #expect(Meta(sanitizing: text)?.text == String(text.trimmingSuffix { $0 == " " }))
    }

    @Test(
        "GP-075: a control character is refused: C0, DEL and C1",
        arguments: (0x00...0x1F).map { UInt32($0) } + (0x7F...0x9F).map { UInt32($0) }
    )
    func controls(value: UInt32) throws {
        let scalar = try #require(Unicode.Scalar(value))
        #expect(throws: MetaError.controlCharacter) { try Meta("a\(scalar)b") }
        #expect(throws: MetaError.controlCharacter) { try Meta("\(scalar)") }
        let isSpace = [0x09, 0x0A, 0x0B, 0x0C, 0x0D, 0x85].contains(value)
        #expect(Meta(sanitizing: "a\(scalar)b")?.text == (isSpace ? "a b" : "a\u{FFFD}b"))
    }

    @Test("GP-075: a second header line cannot be injected")
    func injection() {
        #expect(Meta(sanitizing: "a\r\n20 text/gemini")?.text == "a 20 text/gemini")
        #expect(throws: MetaError.controlCharacter) { try Meta("a\r\n20 text/gemini" as String) }
    }

    @Test("GP-072: a leading space is refused, and dropped when sanitizing")
    func leadingSpace() {
        #expect(throws: MetaError.leadingSpace) { try Meta(" a" as String) }
        #expect(Meta(sanitizing: "  a b  ")?.text == "a b")
        #expect(Meta(sanitizing: "\u{FEFF} \u{FEFF}a")?.text == "a")
    }

    @Test("GP-071: a leading byte order mark is refused")
    func byteOrderMark() {
        #expect(throws: MetaError.byteOrderMark) { try Meta("\u{FEFF}a" as String) }
    }

    @Test("GP-073: a meta is not empty")
    func empty() {
        #expect(throws: MetaError.empty) { try Meta("" as String) }
        #expect(Meta(sanitizing: "") == nil)
        #expect(Meta(sanitizing: " \r\n\t ") == nil)
        #expect(Meta(sanitizing: "\u{FEFF}") == nil)
    }

    @Test("GP-076: 1,024 bytes are the limit, counted in UTF-8")
    func limit() {
        #expect(throws: MetaError.tooLong(1025)) { try Meta(String(repeating: "x", count: 1025)) }
        #expect(throws: MetaError.tooLong(1026)) { try Meta(String(repeating: "é", count: 513)) }
    }

    @Test(
        "GP-076: a message over the limit is cut at a character boundary",
        arguments: [
            ("x", 1024),
            ("é", 1024),
            ("€", 1023),
            ("🚀", 1024),
            // Two regional indicators make a flag, and a family is seven scalars: neither is cut in two.
            ("🇩🇪", 1024),
            ("👨‍👩‍👧‍👦", 1000),
        ]
    )
    func cutting(character: String, length: Int) throws {
        let meta = try #require(Meta(sanitizing: String(repeating: character, count: 2000)))
        #expect(meta.text.utf8.count == length)
        #expect(meta.text.allSatisfy { String($0) == character })
    }

    @Test("GP-076: a single character over the limit is cut between scalars")
    func cuttingAccents() throws {
        let meta = try #require(Meta(sanitizing: "a" + String(repeating: "\u{301}", count: 2000)))
        #expect(meta.text.utf8.count == 1023)
        #expect(meta.text.unicodeScalars.dropFirst().allSatisfy { $0 == "\u{301}" })
    }

    @Test("A literal is a meta")
    func literal() {
        let meta: Meta = "Your name?"
        #expect(meta.description == "Your name?")
    }
}

extension String {
    fileprivate func trimmingSuffix(_ predicate: (Character) -> Bool) -> Substring {
        var text = self[...]
        while let last = text.last, predicate(last) {
            text.removeLast()
        }
        return text
    }
}
