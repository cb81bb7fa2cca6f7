import GeminiProtocol
import Testing

@Suite("Percent-encoding")
struct PercentEncodingTests {
    @Test(
        "GP-030, GP-062: a plus is a plus, a space is %20",
        arguments: [
            ("a+b%20c", "a+b c"), ("%61%2B", "a+"), ("", ""), ("caf%C3%A9", "caf\u{E9}"), ("caf%c3%a9", "caf\u{E9}"),
            ("%F0%9F%9A%80", "\u{1F680}"), ("100%25", "100%"), ("%2541", "%41"), ("a%0Ab", "a\nb"), ("%00", "\u{0}"),
            ("\u{E9}%20", "\u{E9} "),
        ]
    )
    func decodes(text: String, decoded: String) throws {
        #expect(try PercentEncoding.decode(text) == decoded)
        #expect(try PercentEncoding.decodeBytes(text[...]) == Array(decoded.utf8))
    }

    @Test(
        "GP-054: a malformed escape is an error that names the place",
        arguments: [
            ("%", 0), ("a%", 1), ("a%4", 1), ("%zz", 0), ("%4g", 0), ("%g4", 0), ("%41%%41", 3), ("% 41", 0),
            ("%+41", 0),
            ("%\u{E9}", 0),
        ]
    )
    func malformed(text: String, offset: Int) {
        #expect(throws: PercentEncodingError.malformedEscape(offset: offset)) { try PercentEncoding.decode(text) }
        #expect(throws: PercentEncodingError.malformedEscape(offset: offset)) {
            try PercentEncoding.decodeBytes(text[...])
        }
    }

    @Test(
        "Escapes that are not UTF-8 are bytes and not text",
        arguments: [
            ("%AE", [0xAE]), ("a%C3", [0x61, 0xC3]), ("%C0%AF", [0xC0, 0xAF]), ("%ED%A0%80", [0xED, 0xA0, 0x80]),
        ] as [(String, [UInt8])]
    )
    func notText(text: String, bytes: [UInt8]) throws {
        #expect(throws: PercentEncodingError.invalidUTF8) { try PercentEncoding.decode(text) }
        #expect(try PercentEncoding.decodeBytes(text[...]) == bytes)
    }

    @Test("GP-101: an input is encoded, its plus too")
    func query() throws {
        #expect(PercentEncoding.encode(query: "a b+c&d=\u{E9}") == "a%20b%2Bc%26d%3D%C3%A9")
        #expect(PercentEncoding.encode(query: "the user input") == "the%20user%20input")
        #expect(PercentEncoding.encode(query: "AZaz09-._~") == "AZaz09-._~")
        #expect(
            PercentEncoding.encode(query: "!$'()*,;:@/?#[]%\"<>\\^`{|}")
                == "%21%24%27%28%29%2A%2C%3B%3A%40%2F%3F%23%5B%5D%25%22%3C%3E%5C%5E%60%7B%7C%7D"
        )
        #expect(PercentEncoding.encode(query: "") == "")
    }

    @Test(
        "GP-102: a line break is sent as %0A",
        arguments: [
            ("x\ny", "x%0Ay"), ("x\r\ny", "x%0Ay"), ("x\r\n\r\ny\r\n", "x%0A%0Ay%0A"), ("x\ry", "x%0Ay"),
            ("\n\r\n", "%0A%0A"),
            ("\r\r\n", "%0A%0A"), ("\n\r", "%0A%0A"),
        ]
    )
    func lineBreaks(input: String, encoded: String) {
        #expect(PercentEncoding.encode(query: input) == encoded)
    }

    @Test("GT-25: a name is encoded as one segment")
    func segment() {
        #expect(PercentEncoding.encode(segment: "a b#c?.gmi") == "a%20b%23c%3F.gmi")
        #expect(PercentEncoding.encode(segment: "a/b") == "a%2Fb")
        #expect(PercentEncoding.encode(segment: "100%") == "100%25")
        #expect(PercentEncoding.encode(segment: "!$&'()*+,=:@-._~") == "!$&'()*+,=:@-._~")
        #expect(PercentEncoding.encode(segment: "a;b") == "a%3Bb")
        #expect(PercentEncoding.encode(segment: "Gr\u{FC}\u{DF}e") == "Gr%C3%BC%C3%9Fe")
        #expect(PercentEncoding.encode(segment: "x\r\n20 y") == "x%0D%0A20%20y")
        #expect(PercentEncoding.encode(segment: "[|]\"<>\\^`{}\u{7F}") == "%5B%7C%5D%22%3C%3E%5C%5E%60%7B%7D%7F")
        #expect(PercentEncoding.encode(segment: [0xFF, 0x41, 0x00]) == "%FFA%00")
    }

    @Test(
        "GT-25, GT-26: the link to an entry of a directory",
        arguments: [
            ("a b#c?.gmi", "a%20b%23c%3F.gmi"), ("a:b", "./a:b"), ("plain.gmi", "plain.gmi"),
            ("mailto:x", "./mailto:x"),
            ("a;b", "a%3Bb"), ("\u{E9}", "%C3%A9"), ("=> x", "=%3E%20x"), ("?", "%3F"), ("#", "%23"), ("...", "..."),
        ]
    )
    func relativeReference(name: String, reference: String) throws {
        #expect(PercentEncoding.relativeReference(toName: name) == reference)
        #expect(PercentEncoding.relativeReference(toName: Array(name.utf8)) == reference)
        #expect(PercentEncoding.relativeReference(toName: name, isDirectory: true) == reference + "/")
        let target = try GeminiURL("gemini://h/d/").resolving(reference)
        #expect(target.segments.map(\.fileName) == [Array("d".utf8), Array(name.utf8)])
    }

    @Test("GT-25: names that are not UTF-8, and no name at all")
    func unusualNames() throws {
        #expect(PercentEncoding.relativeReference(toName: [0x61, 0xFF]) == "a%FF")
        #expect(try GeminiURL("gemini://h/").resolving("a%FF").segments.map(\.fileName) == [[0x61, 0xFF]])
        #expect(PercentEncoding.relativeReference(toName: "") == "./")
        #expect(PercentEncoding.relativeReference(toName: "", isDirectory: true) == "./")
    }

    @Test("Every byte survives both ways")
    func everyByte() throws {
        let bytes = Array(UInt8.min...UInt8.max)
        #expect(try PercentEncoding.decodeBytes(PercentEncoding.encode(segment: bytes)[...]) == bytes)
        let text = String(
            (UInt32(1)...0x2FFF).filter { $0 != 0x0D }.compactMap(Unicode.Scalar.init).map(Character.init)
        )
        #expect(try PercentEncoding.decode(PercentEncoding.encode(query: text)) == text)
    }

    @Test("Every error is one sentence")
    func errorText() {
        for error in [PercentEncodingError.malformedEscape(offset: 3), .invalidUTF8] {
            #expect(error.description.hasSuffix("."))
        }
    }
}
