import GeminiProtocol
import Testing

@Suite("Request lines")
struct RequestLineTests {
    private func parse(_ text: String) throws(RequestLineError) -> RequestLine {
        let bytes = Array(text.utf8)
        return try RequestLine(parsing: bytes.span)
    }

    @Test(
        "GP-020, GP-048: what is not an absolute URL with a host is refused",
        arguments: [
            ("", RequestLineError.empty), ("/", .missingScheme), ("//H/", .missingScheme), ("H", .missingScheme),
            ("Hello Gemini!", .missingScheme), ("gemini:/x", .missingHost), ("gemini:///x", .missingHost),
            ("gemini://", .missingHost), ("gemini:", .missingHost), ("gemini://:1965/", .missingHost),
            ("mailto:a@b", .missingHost),
            ("data:,x", .missingHost), ("localhost:1965/", .missingHost), ("127.0.0.1:1965/", .invalidScheme),
            (" gemini://h/", .invalidScheme), (":", .invalidScheme), ("?gemini://h/", .missingScheme),
        ]
    )
    func notAbsolute(text: String, error: RequestLineError) {
        #expect(throws: error) { try self.parse(text) }
    }

    @Test("DA-21: a request without a scheme is refused, whatever it looks like", arguments: ["//H/", "H/", "H", "/x"])
    func schemeless(text: String) {
        #expect(throws: RequestLineError.missingScheme) { try self.parse(text) }
    }

    @Test("GP-022, GP-058: an empty path is the root, also before a query")
    func emptyPath() throws {
        #expect(try self.parse("gemini://h").url == self.parse("gemini://h/").url)
        #expect(try self.parse("gemini://h").rawPath == "")
        #expect(try self.parse("gemini://h?q").url == self.parse("gemini://h/?q").url)
        #expect(try self.parse("gemini://h?q").rawQuery == "q")
    }

    @Test(
        "GP-026: the URL is normalised for routing",
        arguments: [
            ("gemini://h/a/./b", "/a/b"), ("gemini://h/a/x/../b", "/a/b"), ("gemini://h/inde%78.gmi", "/index.gmi"),
            ("gemini://h/files/..", "/"), ("gemini://h/cgi-bin/../", "/"), ("gemini://h/.", "/"),
            ("gemini://h/./", "/"),
            ("gemini://h//a", "//a"), ("gemini://h/a..b", "/a..b"),
        ]
    )
    func normalized(text: String, path: String) throws {
        let line = try self.parse(text)
        #expect(line.url.path == path)
        #expect(!line.climbsAboveRoot)
        #expect(line.text == text)
    }

    @Test("GP-027: scheme and host in any case")
    func caseInsensitive() throws {
        #expect(try self.parse("GEMINI://LocalHost/").url == self.parse("gemini://localhost/").url)
        #expect(try self.parse("TiTaN://h/;size=0").titan?.size == 0)
    }

    @Test("GP-028: an internationalised host in either spelling")
    func internationalHost() throws {
        #expect(
            try self.parse("gemini://caf\u{E9}.localhost/").url == self.parse("gemini://xn--caf-dma.localhost/").url
        )
    }

    @Test("GP-029: IPv6 in brackets only")
    func ipv6() throws {
        #expect(try self.parse("gemini://[::1]:1965/").url.host == Host("::1"))
        #expect(throws: RequestLineError.invalidPort) { try self.parse("gemini://::1/") }
        #expect(throws: RequestLineError.invalidHost(.invalidIPv6Address)) { try self.parse("gemini://[::1/") }
    }

    @Test("GP-030: a plus in the path is a plus")
    func plus() throws {
        #expect(try self.parse("gemini://H/a+b").url.segments.map { try $0.decoded() } == ["a+b"])
    }

    @Test("GP-031: a trailing dot on the host")
    func trailingDot() throws {
        #expect(try self.parse("gemini://H./").url.host.matches(Host("h")))
    }

    @Test("GP-042: a URL of 1,024 bytes is accepted, one of 1,025 is refused")
    func length() throws {
        let start = "gemini://localhost/"
        let longest = start + String(repeating: "0", count: 1024 - start.utf8.count)
        #expect(try self.parse(longest).text.utf8.count == 1024)
        #expect(throws: RequestLineError.tooLong) { try self.parse(longest + "0") }
    }

    @Test("GP-043: bytes are counted, not characters")
    func lengthInBytes() {
        #expect(throws: RequestLineError.tooLong) {
            try self.parse("gemini://h/" + String(repeating: "\u{20AC}", count: 400))
        }
    }

    @Test(
        "GP-044, DA-04: any @ in the authority is refused",
        arguments: [
            "gemini://u@H/", "gemini://u:p@H/", "gemini://:p@H/", "gemini://@H/", "gemini://@/", "gemini://H@",
            "titan://u@H/;size=0",
            "gemini://a@b@H/", "gemini://u@[::1]/", "http://u@h/",
        ]
    )
    func userinfo(text: String) {
        #expect(throws: RequestLineError.userinfo) { try self.parse(text) }
    }

    @Test("GP-044: an @ elsewhere is a character like any other")
    func at() throws {
        #expect(try self.parse("gemini://h/~a@b?c@d").url.path == "/~a@b")
    }

    @Test(
        "GP-045: a fragment is refused, an empty one too",
        arguments: [
            "gemini://H/#x", "gemini://H/#", "gemini://H#", "gemini://H?q#f", "titan://H/;size=0#f",
        ]
    )
    func fragment(text: String) {
        #expect(throws: RequestLineError.fragment) { try self.parse(text) }
    }

    @Test("GP-049: bytes that are not UTF-8 are refused")
    func invalidUTF8() {
        let line = Array("gemini://H/".utf8) + [0xDC]
        #expect(throws: RequestLineError.invalidUTF8(offset: 11)) { try RequestLine(parsing: line.span) }
    }

    @Test("GP-050: a byte order mark is refused")
    func byteOrderMark() {
        #expect(throws: RequestLineError.byteOrderMark) { try self.parse("\u{FEFF}gemini://H/") }
        let cut: [UInt8] = [0xEF, 0xBB]
        #expect(throws: RequestLineError.invalidUTF8(offset: 0)) { try RequestLine(parsing: cut.span) }
    }

    @Test(
        "GP-054: spaces, controls, DEL and malformed escapes are refused",
        arguments: [
            ("gemini://h/a b", RequestLineError.invalidCharacter(" ", offset: 12)),
            ("gemini://h/\u{1}", .invalidCharacter("\u{1}", offset: 11)),
            ("gemini://h/\u{7F}", .invalidCharacter("\u{7F}", offset: 11)),
            ("gemini://h/\n", .invalidCharacter("\n", offset: 11)),
            ("gemini://h/\ra", .invalidCharacter("\r", offset: 11)),
            ("gemini://h/\u{0}", .invalidCharacter("\u{0}", offset: 11)),
            ("gemini://h/\u{9B}", .invalidCharacter("\u{9B}", offset: 11)),
            ("gemini://h/?a b", .invalidCharacter(" ", offset: 13)),
            ("gemini://h/a%zz", .invalidPercentEscape(offset: 12)),
            ("gemini://h/a%4", .invalidPercentEscape(offset: 12)), ("gemini://h/?%", .invalidPercentEscape(offset: 12)),
            ("gemini://h/[x]", .invalidCharacter("[", offset: 11)),
            ("gemini://h/a|b", .invalidCharacter("|", offset: 12)),
            ("gemini://h h/", .invalidHost(.invalidCharacter(" "))),
            ("gemini://h\u{0}/", .invalidHost(.invalidCharacter("\u{0}"))),
            ("gemini://h%00/", .invalidHost(.invalidCharacter("\u{0}"))), ("gemini://..", .invalidHost(.emptyLabel)),
        ]
    )
    func invalidCharacters(text: String, error: RequestLineError) {
        #expect(throws: error) { try self.parse(text) }
    }

    @Test(
        "GP-055, GP-057: hosts and schemes that are not ours are for a 53, not for a 59",
        arguments: [
            "gemini://wikipedia.org/", "http://H/", "https://H/", "gopher://H/", "data://H", "finger://h",
            "gemini://127.0.0.1:1965/",
        ]
    )
    func foreign(text: String) throws {
        #expect(try self.parse(text).titan == nil)
    }

    @Test(
        "GP-056, DA-13: the port as written",
        arguments: [
            ("gemini://h/", nil), ("gemini://h:1965/", 1965), ("gemini://h:443/", 443), ("gemini://h:/", nil),
            ("gemini://h:0/", 0),
            ("gemini://h:01965/", 1965), ("http://h:80/", 80), ("titan://h:1965/;edit", 1965),
        ] as [(String, UInt16?)]
    )
    func port(text: String, port: UInt16?) throws {
        #expect(try self.parse(text).explicitPort == port)
    }

    @Test(
        "GP-056: a port that is none",
        arguments: ["gemini://h:65536/", "gemini://h:x/", "gemini://h:-1/", "gemini://h:+1/", "gemini://h: /"]
    )
    func invalidPort(text: String) {
        #expect(throws: RequestLineError.invalidPort) { try self.parse(text) }
    }

    @Test(
        "GP-059, DA-01: dot segments that climb above the root are seen in any spelling",
        arguments: [
            "gemini://h/../../", "gemini://h/..", "gemini://h/../a", "gemini://h/a/../../b", "gemini://h/%2e%2e/x",
            "gemini://h/%2E./x", "gemini://h/./../x", "gemini://h/a/b/../../../c/d/e", "titan://h/../f;size=0",
            "gemini://h/..?q",
        ]
    )
    func climbing(text: String) throws {
        #expect(try self.parse(text).climbsAboveRoot)
    }

    @Test(
        "DA-01: dots that stay inside do not climb",
        arguments: [
            "gemini://h/a/..", "gemini://h/a/../b", "gemini://h/a//../..", "gemini://h/...", "gemini://h/?../..",
            "gemini://h/..a",
            "gemini://h/a%2F..", "gemini://h/..%2f..%2fetc/passwd",
        ]
    )
    func notClimbing(text: String) throws {
        #expect(try !self.parse(text).climbsAboveRoot)
    }

    @Test(
        "GP-060: an encoded NUL in the path is refused",
        arguments: [
            "gemini://h/x%00.gmi", "gemini://h/%00", "gemini://h/%00/..", "titan://h/%00;size=0",
        ]
    )
    func nul(text: String) {
        #expect(throws: RequestLineError.nulInPath) { try self.parse(text) }
    }

    @Test("GP-060: what only looks like a NUL is none")
    func notNUL() throws {
        #expect(try self.parse("gemini://h/%2500").url.path == "/%2500")
        #expect(try self.parse("gemini://h/?%00").rawQuery == "%00")
    }

    @Test("GP-061, GP-062: path and query as received")
    func raw() throws {
        let line = try self.parse("gemini://H:1965/a/../%7e\u{E9}%c3%a9?a+b%20%c3%A9")
        #expect(line.rawPath == "/a/../%7e\u{E9}%c3%a9")
        #expect(line.rawQuery == "a+b%20%c3%A9")
        #expect(line.url.description == "gemini://h/~%C3%A9%C3%A9?a+b%20%C3%A9")
        #expect(try line.url.decodedQuery() == "a+b \u{E9}")
        #expect(try self.parse("gemini://h/s").rawQuery == nil)
        #expect(try self.parse("gemini://h/s?").rawQuery == "")
        #expect(try self.parse("gemini://h/s?").url.query == "")
    }

    @Test("DA-16: text that is not ASCII is its percent-encoded form")
    func international() throws {
        let line = try self.parse("gemini://h/\u{5BB6}?\u{5BB6}")
        #expect(line.url == (try self.parse("gemini://h/%E5%AE%B6?%E5%AE%B6")).url)
    }

    @Test(
        "GP-040, GP-046, GP-047: what a client sends",
        arguments: [
            ("gemini://h", "gemini://h/\r\n"), ("gemini://h?q", "gemini://h/?q\r\n"),
            ("gemini://h/p#s", "gemini://h/p\r\n"),
            ("GEMINI://Ex.Org:1965/a/./b/../c d", "gemini://ex.org/a/c%20d\r\n"),
            ("gemini://caf\u{E9}/\u{E9}", "gemini://xn--caf-dma/%C3%A9\r\n"),
            ("gemini://[::1]:7/?", "gemini://[::1]:7/?\r\n"),
        ]
    )
    func encodes(text: String, bytes: String) throws {
        let line = try RequestLine(GeminiURL(lenient: text))
        #expect(line.bytes == Array(bytes.utf8))
        #expect(try self.parse(line.text) == line)
    }

    @Test("GP-041, GP-105: a client cannot make a request of more than 1,024 bytes")
    func clientLength() throws {
        let url = try GeminiURL("gemini://h/")
        #expect(throws: RequestLineError.tooLong) {
            try RequestLine(url.answering(with: String(repeating: "a", count: 1013)))
        }
        #expect(try RequestLine(url.answering(with: String(repeating: "a", count: 1012))).text.utf8.count == 1024)
    }

    @Test(
        "Every error is one sentence that a 59 can carry",
        arguments: [
            RequestLineError.tooLong, .empty, .byteOrderMark, .invalidUTF8(offset: 1), .missingScheme, .invalidScheme,
            .missingHost, .invalidHost(.emptyLabel), .invalidPort, .userinfo, .fragment,
            .invalidCharacter("\n", offset: 1), .invalidCharacter("\u{202E}", offset: 1),
            .invalidPercentEscape(offset: 1), .nulInPath,
            .titan(.missingParameters), .titan(.missingSize), .titan(.invalidSize), .titan(.invalidMediaType),
            .titan(.invalidToken),
            .titan(.unknownParameter), .titan(.duplicateParameter), .titan(.editWithParameters),
        ]
    )
    func errorText(error: RequestLineError) {
        let text = error.description
        #expect(text.hasSuffix(".") && text.utf8.count < 200)
        #expect(text.unicodeScalars.allSatisfy { (0x20...0x7E).contains($0.value) })
    }
}
