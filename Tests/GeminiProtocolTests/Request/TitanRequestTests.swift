import GeminiProtocol
import Testing

@Suite("Titan requests")
struct TitanRequestTests {
    private func parse(_ text: String) throws(RequestLineError) -> RequestLine {
        let bytes = Array(text.utf8)
        return try RequestLine(parsing: bytes.span)
    }

    @Test("TI-02: a URL with parameters at the end of its path")
    func upload() throws {
        let line = try self.parse("titan://H/f;size=3;mime=text/plain")
        #expect(line.url.description == "titan://h/f")
        #expect(line.rawPath == "/f")
        #expect(try line.titan == .upload(TitanParameters(size: 3, mediaType: "text/plain")))
        #expect(line.titan?.size == 3)
        #expect(line.titan?.isEdit == false)
    }

    @Test(
        "TI-03: a size that is no decimal number of bytes is refused",
        arguments: [
            ("mime=text/plain", TitanError.missingSize), ("size=", .invalidSize), ("size=-1", .invalidSize),
            ("size=+1", .invalidSize),
            ("size=1e3", .invalidSize), ("size=0x10", .invalidSize), ("size=99999999999999999999", .invalidSize),
            ("size", .invalidSize),
            ("size=9223372036854775808", .invalidSize), ("size=1 2", .invalidSize), ("size=1.0", .invalidSize),
            ("size=%31", .invalidSize),
            ("size=\u{0661}", .invalidSize), ("token=x", .missingSize),
        ]
    )
    func size(parameters: String, error: TitanError) {
        #expect(throws: RequestLineError.titan(error)) { try self.parse("titan://H/f;\(parameters)") }
    }

    @Test("TI-03: sizes up to the largest", arguments: [("0", 0), ("007", 7), ("9223372036854775807", Int.max)])
    func goodSize(text: String, size: Int) throws {
        #expect(try self.parse("titan://H/f;size=\(text)").titan?.size == size)
    }

    @Test("TI-04: the media type defaults to text/gemini")
    func defaultMediaType() throws {
        #expect(try self.parse("titan://H/f;size=3").titan?.parameters?.mediaType == "text/gemini")
    }

    @Test("TI-05: the token is percent-decoded")
    func token() throws {
        #expect(try self.parse("titan://H/f;size=3;token=a%3Bb").titan?.parameters?.token == "a;b")
        #expect(try self.parse("titan://H/f;size=3;token=a+b=c").titan?.parameters?.token == "a+b=c")
        #expect(try self.parse("titan://H/f;size=3;token=").titan?.parameters?.token == "")
        #expect(try self.parse("titan://H/f;size=3").titan?.parameters?.token == nil)
        for token in ["%", "%zz", "%FF", "a%4"] {
            #expect(throws: (any Error).self) { try self.parse("titan://H/f;size=3;token=\(token)") }
        }
        #expect(throws: RequestLineError.titan(.invalidToken)) { try self.parse("titan://H/f;size=3;token=%FF") }
    }

    @Test(
        "TI-06: parameters in any order",
        arguments: [
            "size=3;mime=a/b;token=t", "size=3;token=t;mime=a/b", "mime=a/b;size=3;token=t", "mime=a/b;token=t;size=3",
            "token=t;size=3;mime=a/b", "token=t;mime=a/b;size=3",
        ]
    )
    func order(parameters: String) throws {
        let titan = try self.parse("titan://H/f;\(parameters)").titan
        #expect(try titan == .upload(TitanParameters(size: 3, mediaType: "a/b", token: "t")))
    }

    @Test(
        "TI-07: unknown and repeated parameters are refused",
        arguments: [
            ("foo=1;size=0", TitanError.unknownParameter), ("size=0;foo=1", .unknownParameter),
            ("size=0;foo", .unknownParameter),
            ("size=0;", .unknownParameter), (";size=0", .unknownParameter), ("", .unknownParameter),
            ("Size=0", .unknownParameter),
            ("mime;size=0", .unknownParameter), ("token;size=0", .unknownParameter),
            ("mime=a/b;foo;size=0", .unknownParameter),
            ("mime=a/b;size=0;charset=utf-8", .unknownParameter), ("=1;size=0", .unknownParameter),
            ("size=1;size=1", .duplicateParameter), ("size=1;mime=a/b;mime=a/b", .duplicateParameter),
            ("token=a;size=1;token=a", .duplicateParameter),
        ]
    )
    func unknown(parameters: String, error: TitanError) {
        #expect(throws: RequestLineError.titan(error)) { try self.parse("titan://H/f;\(parameters)") }
    }

    @Test("TI-08: a query stays available")
    func query() throws {
        let line = try self.parse("titan://H/raw/T;size=1?username=Alex")
        #expect(line.url.query == "username=Alex")
        #expect(line.rawQuery == "username=Alex")
        #expect(line.url.path == "/raw/T")
        #expect(throws: RequestLineError.titan(.missingParameters)) { try self.parse("titan://H/T?x;size=1") }
    }

    @Test("TI-09: parameters begin at the first semicolon, although a media type holds a slash")
    func firstSemicolon() throws {
        let line = try self.parse("titan://H/p;mime=text/plain;size=3")
        #expect(line.url.path == "/p")
        #expect(try line.titan == .upload(TitanParameters(size: 3, mediaType: "text/plain")))
        #expect(try self.parse("titan://H/a%3Bb/c;size=0").url.path == "/a%3Bb/c")
        #expect(try self.parse("titan://H/a/;size=0").url.path == "/a/")
        #expect(try self.parse("titan://H/;size=0;mime=text/x").url.path == "/")
        #expect(throws: RequestLineError.invalidHost(.invalidCharacter(";"))) { try self.parse("titan://H;size=0") }
        #expect(throws: RequestLineError.titan(.unknownParameter)) { try self.parse("titan://H/a;b/c;size=0") }
    }

    @Test(
        "TI-10: a raw media type with parameters and spaces is tolerated",
        arguments: [
            ("mime=text/gemini; charset=utf-8;size=9", "text/gemini; charset=utf-8"),
            ("mime=text/gemini;charset=utf-8;lang=en;size=9", "text/gemini;charset=utf-8;lang=en"),
            ("size=9;mime=text/plain; charset=\"utf-8\"", "text/plain; charset=\"utf-8\""),
            ("size=9; mime=text/plain ; charset=utf-8 ;token=x", "text/plain; charset=utf-8"),
            ("size=9;mime=image/svg+xml", "image/svg+xml"), ("size=9;mime=text%2Fplain", "text/plain"),
            ("size=9;mime=text/gemini%3B%20charset=utf-8", "text/gemini; charset=utf-8"),
            ("size=9;mime=application/x-a.b_c!", "application/x-a.b_c!"),
        ]
    )
    func rawMediaType(parameters: String, mediaType: String) throws {
        #expect(try self.parse("titan://H/f;\(parameters)").titan?.parameters?.mediaType == mediaType)
    }

    @Test(
        "TI-10: spaces are for the parameters only",
        arguments: [
            "titan://H/a b;size=0", "titan://H/f;size=0?a b", "gemini://H/f;mime=text/gemini; charset=utf-8",
        ]
    )
    func spaces(text: String) {
        #expect(throws: (any Error).self) { try self.parse(text) }
    }

    @Test(
        "TI-10: what is no media type is refused",
        arguments: [
            "", "text", "text/", "/plain", "a/b/c", "te xt/plain", "text/pl\u{E9}in", "text/\"x\"", ",/x",
            "text /plain", "text/ plain",
        ]
    )
    func invalidMediaType(mediaType: String) {
        #expect(throws: (any Error).self) { try self.parse("titan://H/f;size=1;mime=\(mediaType)") }
        #expect(throws: TitanError.invalidMediaType) { try TitanParameters(size: 1, mediaType: mediaType) }
    }

    @Test(
        "TI-10: a media type that is none once it is decoded is refused",
        arguments: [
            "text/pl%00ain", "text/plain%0D%0A20", "%", "text/%FF", "text/plain%0A", "text%3Bplain", "text/plain%20",
        ]
    )
    func invalidDecodedMediaType(mediaType: String) {
        #expect(throws: (any Error).self) { try self.parse("titan://H/f;size=1;mime=\(mediaType)") }
    }

    @Test(
        "GP-054: control characters and malformed escapes are refused in parameters too",
        arguments: [
            "size=0;token=\u{1}", "size=0;token=\n", "size=0;token=\u{7F}", "size=0;token=%4", "size=0;token=<",
            "size=0;mime=a/b;x=[",
            "size=0;token=\u{85}",
        ]
    )
    func invalidCharacters(parameters: String) {
        #expect(throws: (any Error).self) { try self.parse("titan://H/f;\(parameters)") }
    }

    @Test("TI-11: 1,024 bytes are the limit for the URL with its parameters")
    func length() throws {
        let start = "titan://h/f;size=0;token="
        let longest = start + String(repeating: "a", count: 1024 - start.utf8.count)
        #expect(try self.parse(longest).titan?.parameters?.token?.utf8.count == 1024 - start.utf8.count)
        #expect(throws: RequestLineError.tooLong) { try self.parse(longest + "a") }
        let parameters = try TitanParameters(size: 0, token: String(repeating: "a", count: 1024))
        #expect(throws: RequestLineError.tooLong) {
            try RequestLine(GeminiURL("titan://h/f"), titan: .upload(parameters))
        }
    }

    @Test("TI-30: a request to edit")
    func edit() throws {
        let line = try self.parse("titan://H/f;edit?q")
        #expect(line.titan == .edit)
        #expect(line.titan?.isEdit == true)
        #expect(line.titan?.size == 0)
        #expect(line.titan?.parameters == nil)
        #expect(line.url.description == "titan://h/f?q")
    }

    @Test(
        "TI-33: edit with anything beside it is refused",
        arguments: [
            ("edit;size=0", TitanError.editWithParameters), ("size=0;edit", .editWithParameters),
            ("edit;mime=a/b", .editWithParameters),
            ("edit;token=x", .editWithParameters), ("mime=a/b;edit;size=1", .editWithParameters),
            ("edit;edit", .duplicateParameter),
            ("edit=1", .unknownParameter), ("edit=", .unknownParameter), ("edit;foo=1", .unknownParameter),
            ("EDIT", .unknownParameter),
        ]
    )
    func editWithParameters(parameters: String, error: TitanError) {
        #expect(throws: RequestLineError.titan(error)) { try self.parse("titan://H/f;\(parameters)") }
    }

    @Test(
        "TI-36: a titan request without parameters is refused",
        arguments: ["titan://H/f", "titan://H", "titan://H/f?size=0"]
    )
    func missing(text: String) {
        #expect(throws: RequestLineError.titan(.missingParameters)) { try self.parse(text) }
    }

    @Test("TI-02: a semicolon means nothing under another scheme")
    func otherScheme() throws {
        let line = try self.parse("gemini://H/f;size=3")
        #expect(line.titan == nil)
        #expect(line.url.path == "/f;size=3")
    }

    @Test(
        "TI-02: what a client sends is what a server reads",
        arguments: [
            ("titan://h:1965/f", 3, "text/plain", nil, "titan://h/f;size=3;mime=text/plain"),
            ("gemini://h/f", 0, "text/gemini", "", "titan://h/f;size=0;mime=text/gemini;token="),
            (
                "titan://h/a;b?q", 1, "image/svg+xml", "a;b/\u{E9}",
                "titan://h/a%3Bb;size=1;mime=image/svg+xml;token=a%3Bb%2F%C3%A9?q"
            ),
            (
                "titan://h/", 1, "text/gemini; charset=\"utf-8\"", "%",
                "titan://h/;size=1;mime=text/gemini%3B%20charset=%22utf-8%22;token=%25"
            ),
        ] as [(String, Int, String, String?, String)]
    )
    func encodes(url: String, size: Int, mediaType: String, token: String?, text: String) throws {
        let titan = TitanRequest.upload(try TitanParameters(size: size, mediaType: mediaType, token: token))
        let line = try RequestLine(GeminiURL(url), titan: titan)
        #expect(line.text == text)
        #expect(line.titan == titan)
        #expect(line.bytes == Array((text + "\r\n").utf8))
        #expect(try self.parse(line.text) == line)
    }

    @Test("TI-30: a client's request to edit")
    func encodesEdit() throws {
        #expect(try RequestLine(GeminiURL("gemini://h/f?q#x"), titan: .edit).text == "titan://h/f;edit?q")
        #expect(throws: RequestLineError.titan(.missingParameters)) { try RequestLine(GeminiURL("titan://h/f")) }
    }

    @Test("TI-03: parameters that cannot be sent cannot be made")
    func initialisers() {
        #expect(throws: TitanError.invalidSize) { try TitanParameters(size: -1) }
        #expect(throws: TitanError.invalidMediaType) { try TitanParameters(size: 1, mediaType: "text/plain ") }
        #expect(throws: TitanError.invalidMediaType) { try TitanParameters(size: 1, mediaType: "text/plain\r\n20") }
    }
}
