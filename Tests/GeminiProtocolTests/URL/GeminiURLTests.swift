import GeminiProtocol
import Testing

@Suite("Gemini URLs")
struct GeminiURLTests {
    @Test("GP-025: a client's URL in its normal form")
    func clientNormalization() throws {
        #expect(try GeminiURL(lenient: "GEMINI://Ex.Org:1965/a/./b/../c d").description == "gemini://ex.org/a/c%20d")
    }

    @Test(
        "GP-026: spellings of one URL are equal",
        arguments: [
            ("gemini://h/a/./b", "gemini://h/a/b"), ("gemini://h/a/x/../b", "gemini://h/a/b"),
            ("gemini://h/inde%78.gmi", "gemini://h/index.gmi"), ("gemini://h/%e2%82%ac", "gemini://h/%E2%82%AC"),
            ("gemini://h/\u{20AC}", "gemini://h/%E2%82%AC"), ("gemini://h/%2E%2e/a", "gemini://h/a"),
            ("gemini://h/a/%2E", "gemini://h/a/"), ("gemini://h/a/b/..", "gemini://h/a/"),
            ("gemini://h/a/.", "gemini://h/a/"),
            ("gemini://h/.", "gemini://h/"), ("gemini://h/..", "gemini://h/"), ("gemini://h/a//../b", "gemini://h/a/b"),
            ("gemini://h//a", "gemini://h//a"), ("gemini://h/a/..//b", "gemini://h//b"),
            ("gemini://h/...", "gemini://h/..."),
            ("gemini://h/.a/..b/c.", "gemini://h/.a/..b/c."), ("gemini://h/a%2fb", "gemini://h/a%2Fb"),
            ("gemini://h/%7Euser", "gemini://h/~user"), ("gemini://h/a?%7e%2f", "gemini://h/a?~%2F"),
            ("gemini://h/%2541", "gemini://h/%2541"),
        ]
    )
    func serverNormalization(text: String, normal: String) throws {
        let url = try GeminiURL(text)
        #expect(url.description == normal)
        #expect(try GeminiURL(normal) == url)
        #expect(try GeminiURL(URIReference(text)) == url)
        #expect(url.reference == (try URIReference(normal)))
    }

    @Test("GP-022, GP-047: an empty path is the root")
    func emptyPath() throws {
        #expect(try GeminiURL("gemini://h") == GeminiURL("gemini://h/"))
        #expect(try GeminiURL("gemini://h").description == "gemini://h/")
        #expect(try GeminiURL("gemini://h?q").description == "gemini://h/?q")
    }

    @Test("GP-023: a missing port is 1965")
    func ports() throws {
        #expect(try GeminiURL("gemini://h") == GeminiURL("gemini://h:1965"))
        #expect(try GeminiURL("gemini://h").port == nil)
        #expect(try GeminiURL("gemini://h").effectivePort == 1965)
        #expect(try GeminiURL("titan://h:1965/").effectivePort == 1965)
        #expect(try GeminiURL("gemini://h:1966/").effectivePort == 1966)
        #expect(try GeminiURL("gemini://h:0/").port == 0)
        #expect(try GeminiURL("gemini://h:/").port == nil)
        #expect(try GeminiURL("gemini://h:65535/").port == 65535)
        #expect(try GeminiURL("http://h/").effectivePort == nil)
        #expect(try GeminiURL("http://h:1965/").port == 1965)
    }

    @Test(
        "GP-020: scheme and host are needed",
        arguments: [
            ("gemini:/x", URIError.missingHost), ("gemini:///x", .missingHost), ("gemini://:1965/", .missingHost),
            ("gemini:", .missingHost), ("gemini://", .missingHost), ("mailto:a@b", .missingHost),
            ("//h/", .missingScheme),
            ("/x", .missingScheme), ("", .missingScheme), ("x", .missingScheme), ("://h/", .invalidScheme),
        ]
    )
    func incomplete(text: String, error: URIError) {
        #expect(throws: error) { try GeminiURL(text) }
        if let reference = try? URIReference(text) {
            #expect(throws: error) { try GeminiURL(reference) }
        }
    }

    @Test(
        "GP-021: userinfo is refused",
        arguments: ["gemini://u@h/", "gemini://u:p@h/", "gemini://:p@h/", "gemini://@h/"]
    )
    func userinfo(text: String) throws {
        #expect(throws: URIError.userinfo) { try GeminiURL(text) }
        #expect(throws: URIError.userinfo) { try GeminiURL(lenient: text) }
        #expect(throws: URIError.userinfo) { try GeminiURL(URIReference(text)) }
    }

    @Test("GP-061: no query and an empty query are kept apart")
    func query() throws {
        #expect(try GeminiURL("gemini://h/s").query == nil)
        #expect(try GeminiURL("gemini://h/s?").query == "")
        #expect(try GeminiURL("gemini://h/s?").description == "gemini://h/s?")
        #expect(try GeminiURL("gemini://h/s").decodedQuery() == nil)
        #expect(try GeminiURL("gemini://h/s?").decodedQuery() == "")
    }

    @Test("GP-062: a query is decoded on demand, a plus stays")
    func decodedQuery() throws {
        #expect(try GeminiURL("gemini://h/s?a+b%20c").decodedQuery() == "a+b c")
        #expect(throws: PercentEncodingError.invalidUTF8) { try GeminiURL("gemini://h/s?%FF").decodedQuery() }
    }

    @Test("GP-104, GP-106, GP-107: an input replaces the query and drops the fragment")
    func answering() throws {
        let url = try GeminiURL("gemini://h/search?hello#x")
        #expect(url.answering(with: "the user input").description == "gemini://h/search?the%20user%20input")
        #expect(url.answering(with: "").description == "gemini://h/search?")
        #expect(try url.answering(with: "a+b\r\n%").decodedQuery() == "a+b\n%")
    }

    @Test("GP-046: the fragment stays behind")
    func fragment() throws {
        let url = try GeminiURL("gemini://h/p#s")
        #expect(url.fragment == "s")
        #expect(url.withoutFragment.description == "gemini://h/p")
        #expect(url.withoutFragment.withoutFragment == url.withoutFragment)
    }

    @Test("GP-133: a path and a query can be replaced by encoded ones")
    func replacing() throws {
        let url = try GeminiURL("gemini://h:7/d?q#f")
        #expect(try url.replacing(path: "/d/").description == "gemini://h:7/d/?q#f")
        #expect(try url.replacing(path: "x/../%61").path == "/a")
        #expect(try url.replacing(path: "").path == "/")
        #expect(try url.replacing(query: nil).description == "gemini://h:7/d#f")
        #expect(try url.replacing(query: "").query == "")
        #expect(try url.replacing(query: "%61+b").query == "a+b")
        #expect(throws: URIError.invalidCharacter(" ", offset: 1)) { try url.replacing(path: "/ ") }
        #expect(throws: URIError.invalidCharacter("?", offset: 1)) { try url.replacing(path: "/?") }
        #expect(throws: URIError.invalidCharacter("#", offset: 0)) { try url.replacing(query: "#") }
    }

    @Test(
        "GP-133, GP-143: the target of a redirect is an absolute path with its query, and never another host",
        arguments: [
            ("gemini://h/d/?q", "/d/?q"), ("gemini://h", "/"), ("gemini://h/?#f", "/?"), ("gemini://h/a:b", "/a:b"),
            ("gemini://h//evil.example/", "/.//evil.example/"), ("gemini://h/a/..//x", "/.//x"),
        ]
    )
    func absolutePathReference(text: String, reference: String) throws {
        let url = try GeminiURL(text)
        #expect(url.absolutePathReference == reference)
        #expect(try url.resolving(reference) == url.withoutFragment)
    }

    @Test("GP-057: any scheme with a host is a URL", arguments: ["http", "https", "gopher", "data", "x-y.z+1"])
    func otherSchemes(scheme: String) throws {
        #expect(try GeminiURL("\(scheme.uppercased())://H").description == "\(scheme)://h/")
    }

    @Test("GP-060: segments are cut before they are decoded")
    func segments() throws {
        let url = try GeminiURL("gemini://h/a/b%2Fc/%C3%A9/")
        #expect(try url.segments.map { try $0.decoded() } == ["a", "b/c", "\u{E9}", ""])
        #expect(url.segments.map { String($0.encoded) } == ["a", "b%2Fc", "%C3%A9", ""])
        #expect(url.segments.map(\.fileName) == [[0x61], nil, [0xC3, 0xA9], nil])
        #expect(try GeminiURL("gemini://h").segments.map { String($0.encoded) } == [""])
        #expect(try GeminiURL("gemini://h//a").segments.map { String($0.encoded) } == ["", "a"])
        #expect(PathSegments("a/b").map { String($0.encoded) } == ["a", "b"])
        #expect(PathSegments("").map { String($0.encoded) } == [""])
    }

    @Test(
        "GP-060: what must not reach the file system has no file name",
        arguments: [
            "..%2f..%2fetc", "a%2Fb", "x%00.gmi", "%2F", "%00", "",
        ]
    )
    func unsafeSegments(segment: String) throws {
        let url = try GeminiURL("gemini://h/d/\(segment)")
        #expect(url.segments.map(\.fileName) == [[0x64], nil])
    }

    @Test(
        "GP-060: a segment of dots in any spelling has no file name",
        arguments: [".", "..", "%2e", ".%2E", "%2e%2e"]
    )
    func dotSegments(segment: String) {
        #expect(PathSegments(segment).map(\.fileName) == [nil])
    }

    @Test("GP-060: a segment is decoded once, and need not be UTF-8")
    func decodedOnce() throws {
        let url = try GeminiURL("gemini://h/%252e%252e/%AE")
        #expect(url.segments.map(\.fileName) == [Array("%2e%2e".utf8), [0xAE]])
        #expect(try url.segments.first { _ in true }?.decoded() == "%2e%2e")
        #expect(throws: PercentEncodingError.invalidUTF8) { try url.segments.map { try $0.decoded() } }
    }

    @Test("A path of a million dot segments takes no time to speak of")
    func manySegments() throws {
        let climb = String(repeating: "/a/..", count: 100_000)
        #expect(try GeminiURL("gemini://h\(climb)/x").path == "/x")
        #expect(
            try URIReference(String(repeating: "../", count: 100_000)).resolved(against: URIReference("x:/a")).path
                == "/"
        )
    }
}
