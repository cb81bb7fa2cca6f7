import GeminiProtocol
import Testing

@Suite("Media type")
struct MediaTypeTests {
    @Test(
        "GP-120: case, spaces, quotes and commas do not matter",
        arguments: [
            ("text/gemini", "text/gemini"),
            ("Text/Gemini ;LANG=en,fr", "text/gemini; lang=\"en,fr\""),
            ("text/gemini; lang=\"en,fr\"", "text/gemini; lang=\"en,fr\""),
            ("text/gemini;charset=UTF-8;lang=de", "text/gemini; charset=utf-8; lang=de"),
            ("  text / plain  ;  charset = us-ascii  ;  ", "text/plain; charset=us-ascii"),
            ("text/plain;;;format=flowed", "text/plain; format=flowed"),
            ("text/plain; flag; a=b", "text/plain; a=b"),
            ("text/plain; a=", "text/plain; a=\"\""),
            ("text/plain; a=b c ; d=e", "text/plain; a=\"b c\"; d=e"),
            ("text/plain; a=\"x;y=\\\"z\\\\\"; b=c", "text/plain; a=\"x;y=\\\"z\\\\\"; b=c"),
            ("text/plain; a=\"open", "text/plain; a=open"),
            ("text/plain; a=\"x\" junk; b=c", "text/plain; a=x; b=c"),
            ("text/plain; a=1; A=2", "text/plain; a=1"),
            ("text/plain; b c=1", "text/plain"),
            ("text/plain; =1", "text/plain"),
            ("text/plain; a==", "text/plain; a=\"=\""),
            ("text/plain; name=\"Grüße\"", "text/plain; name=\"Grüße\""),
            ("application/vnd.api+json", "application/vnd.api+json"),
            ("IMAGE/SVG+XML", "image/svg+xml"),
        ]
    )
    func tolerance(text: String, canonical: String) throws {
        let type = try MediaType(text)
        #expect(type.description == canonical)
        #expect(try MediaType(canonical) == type)
        #expect(try MediaType(parsing: Array(text.utf8).span) == type)
    }

    @Test(
        "GP-110: what is no media type has its error",
        arguments: [
            ("", .invalidType),
            ("/", .invalidType),
            ("text", .invalidSubtype),
            ("text/", .invalidSubtype),
            ("/gemini", .invalidType),
            ("text/a/b", .invalidSubtype),
            ("te xt/plain", .invalidType),
            ("text/pläin", .invalidSubtype),
            ("text/plain\r\nx", .invalidText),
            ("text/plain; a=\"b\tc\"", .invalidText),
            ("text/plain, text/gemini", .invalidSubtype),
        ] as [(String, MediaTypeError)]
    )
    func refused(text: String, error: MediaTypeError) {
        #expect(throws: error) { try MediaType(text) }
        #expect(throws: error) { try MediaType(parsing: Array(text.utf8).span) }
    }

    @Test("GP-110: bytes that are not UTF-8 are no media type")
    func invalidUTF8() {
        #expect(throws: MediaTypeError.invalidText) {
            try MediaType(parsing: ([0xFF] + Array("text/plain".utf8)).span)
        }
    }

    @Test("GT-71: a language with a comma is quoted, one without is not")
    func languages() throws {
        #expect(try MediaType.gemtext.adding("lang", "en").description == "text/gemini; lang=en")
        #expect(try MediaType.gemtext.adding("lang", "en,fr").description == "text/gemini; lang=\"en,fr\"")
    }

    @Test("GT-70: charset and lang are there to read")
    func accessors() throws {
        let type = try MediaType("text/gemini; LANG=de-AT,en; charset=ISO-8859-1" as String)
        #expect(type.language == "de-AT,en")
        #expect(type.charset == "iso-8859-1")
        #expect(MediaType.gemtext.charset == nil)
        #expect(MediaType.gemtext.language == nil)
        #expect(type.essence == "text/gemini")
    }

    @Test("GP-111, GT-72: parameters that nobody understands are kept and change nothing")
    func unknownParameters() throws {
        let type = try MediaType("text/gemini; foo=bar; lang=en; format=flowed" as String)
        #expect(type.isGemtext)
        #expect(type.language == "en")
        #expect(type["Format"] == "flowed")
        #expect(type.parameters.map(\.name) == ["foo", "lang", "format"])
    }

    @Test("GP-120: equal is what RFC 2045 says is equal")
    func equality() throws {
        #expect(
            try MediaType("TEXT/PLAIN; CHARSET=UTF-8" as String) == MediaType("text/plain;charset=\"utf-8\"" as String)
        )
        #expect(try MediaType("text/plain; a=x" as String) != MediaType("text/plain; a=X" as String))
        #expect(MediaType.gemtext != .plainText)
    }

    @Test("GP-121: the types that a server falls back to")
    func constants() {
        #expect(MediaType.gemtext.description == "text/gemini")
        #expect(MediaType.plainText.description == "text/plain")
        #expect(MediaType.octetStream.description == "application/octet-stream")
        #expect(MediaType.plainText.isText && !MediaType.plainText.isGemtext)
        #expect(!MediaType.octetStream.isText)
        let literal: MediaType = "Image/PNG"
        #expect(literal.description == "image/png")
    }

    @Test("A parameter is added at the end, or in the place of the one with its name")
    func adding() throws {
        let type = try MediaType("text/plain; a=1; b=2" as String)
        #expect(try type.adding("C", "3").description == "text/plain; a=1; b=2; c=3")
        #expect(try type.adding("A", "x y").description == "text/plain; a=\"x y\"; b=2")
        #expect(throws: MediaTypeError.invalidParameter) { try type.adding("c d", "3") }
        #expect(throws: MediaTypeError.invalidParameter) { try type.adding("c", "3\r\n") }
    }

    @Test("GP-076: a media type is never longer than a meta, quotes included")
    func length() throws {
        let parts = try MediaType(String(repeating: "a", count: 511), String(repeating: "b", count: 512))
        #expect(parts.description.utf8.count == 1024)
        #expect(throws: MediaTypeError.tooLong(1032)) { try parts.adding("x", "\"") }
        #expect(throws: MediaTypeError.tooLong(1025)) {
            try MediaType("text/" + String(repeating: "a", count: 1020))
        }
    }

    @Test("The parts have to be tokens")
    func parts() {
        #expect(throws: MediaTypeError.invalidType) { try MediaType("te xt", "plain") }
        #expect(throws: MediaTypeError.invalidSubtype) { try MediaType("text", "") }
    }
}
