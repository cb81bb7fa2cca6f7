import GeminiProtocol
import Testing

@Suite("URI references")
struct URIReferenceTests {
    @Test(
        "RFC 3986 §1.1.2: the examples are read and written unchanged",
        arguments: [
            "ftp://ftp.is.co.za/rfc/rfc1808.txt", "http://www.ietf.org/rfc/rfc2396.txt",
            "ldap://[2001:db8::7]/c=GB?objectClass?one", "mailto:John.Doe@example.com",
            "news:comp.infosystems.www.servers.unix", "tel:+1-816-555-1212", "telnet://192.0.2.16:80/",
            "urn:oasis:names:specification:docbook:dtd:xml:4.1.2",
        ]
    )
    func example(text: String) throws {
        #expect(try URIReference(text).description == text)
    }

    @Test("RFC 3986 §3: every component is found")
    func components() throws {
        let uri = try URIReference("foo://user:pw@example.com:8042/over/there?name=ferret#nose")
        #expect(uri.scheme == "foo")
        #expect(uri.authority?.userinfo == "user:pw")
        #expect(uri.authority?.host == (try Host("example.com")))
        #expect(uri.authority?.port == 8042)
        #expect(uri.path == "/over/there")
        #expect(uri.query == "name=ferret")
        #expect(uri.fragment == "nose")

        let urn = try URIReference("urn:example:animal:ferret:nose")
        #expect(urn.scheme == "urn")
        #expect(urn.authority == nil)
        #expect(urn.path == "example:animal:ferret:nose")
    }

    @Test("GP-061: what is absent is not what is empty")
    func absence() throws {
        #expect(try URIReference("/s").query == nil)
        #expect(try URIReference("/s?").query == "")
        #expect(try URIReference("/s#").fragment == "")
        #expect(try URIReference("/s?") != URIReference("/s"))
        #expect(try URIReference("/s#") != URIReference("/s"))
        #expect(try URIReference("//@h").authority?.userinfo == "")
        #expect(try URIReference("///x").authority?.host == nil)
        #expect(try URIReference("//h:/").authority?.port == nil)
        #expect(try URIReference("").description == "")
        for text in ["/s?", "/s?#", "/s#", "//@h", "///x", "//:80", "?", "#", "//", "file:///etc/hosts"] {
            #expect(try URIReference(text).description == text)
        }
    }

    @Test("RFC 3986 §3.3: a path may look like what it is not")
    func paths() throws {
        #expect(try URIReference("a/b:c").path == "a/b:c")
        #expect(try URIReference("./a:b").scheme == nil)
        #expect(try URIReference("?a:b").query == "a:b")
        #expect(try URIReference("#a:b").fragment == "a:b")
        #expect(try URIReference("x:a//b").authority == nil)
        #expect(try URIReference("/a?b?c/d#e?f/g").fragment == "e?f/g")
        #expect(try URIReference("//h?q").authority?.host == (try Host("h")))
    }

    @Test(
        "RFC 3986 §3.1: a malformed scheme is an error",
        arguments: [":", ":x", "1a:b", "a_b:c", "%61:b", "a b:c", "-a://h", "\u{E9}:x"]
    )
    func malformedScheme(text: String) {
        #expect(throws: URIError.invalidScheme) { try URIReference(text) }
    }

    @Test("RFC 3986 §3.1: a scheme is kept as written and lower-cased when normalised")
    func schemeCase() throws {
        let uri = try URIReference("GeMiNi+x.1-2:a")
        #expect(uri.scheme == "GeMiNi+x.1-2")
        #expect(uri.normalized().scheme == "gemini+x.1-2")
    }

    @Test(
        "GP-054: what RFC 3986 does not allow is an error that names the place",
        arguments: [
            ("/a b", URIError.invalidCharacter(" ", offset: 2)), ("/\u{1}", .invalidCharacter("\u{1}", offset: 1)),
            ("/\t", .invalidCharacter("\t", offset: 1)), ("/\u{7F}", .invalidCharacter("\u{7F}", offset: 1)),
            ("/\u{85}", .invalidCharacter("\u{85}", offset: 1)), ("/\r\n", .invalidCharacter("\r", offset: 1)),
            ("/\u{0}", .invalidCharacter("\u{0}", offset: 1)), ("/a\"", .invalidCharacter("\"", offset: 2)),
            ("/<", .invalidCharacter("<", offset: 1)), ("/>", .invalidCharacter(">", offset: 1)),
            ("/\\", .invalidCharacter("\\", offset: 1)), ("/^", .invalidCharacter("^", offset: 1)),
            ("/`", .invalidCharacter("`", offset: 1)), ("/{", .invalidCharacter("{", offset: 1)),
            ("/|", .invalidCharacter("|", offset: 1)), ("/}", .invalidCharacter("}", offset: 1)),
            ("/[", .invalidCharacter("[", offset: 1)), ("?]", .invalidCharacter("]", offset: 1)),
            ("#a#b", .invalidCharacter("#", offset: 2)), ("//u[@h", .invalidCharacter("[", offset: 3)),
            ("//a@b@c", .invalidCharacter("@", offset: 3)),
            ("/a%zz", .invalidPercentEscape(offset: 2)), ("/a%4", .invalidPercentEscape(offset: 2)),
            ("/%", .invalidPercentEscape(offset: 1)), ("?%4g", .invalidPercentEscape(offset: 1)),
            ("#%", .invalidPercentEscape(offset: 1)), ("/%4%41", .invalidPercentEscape(offset: 1)),
            ("//h:65536", .invalidPort), ("//h:8a", .invalidPort), ("//h:-1", .invalidPort), ("//h:1:2", .invalidPort),
            ("//h:99999999999999999999", .invalidPort), ("//[::1]x", .invalidHost(.invalidIPv6Address)),
            ("//[::1", .invalidHost(.invalidIPv6Address)), ("//h!", .invalidHost(.invalidCharacter("!"))),
        ]
    )
    func forbidden(text: String, error: URIError) {
        #expect(throws: error) { try URIReference(text) }
    }

    @Test("GP-054: every ASCII character is judged by RFC 3986, in the path, the query and the fragment")
    func everyCharacter() {
        let letters = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789"
        let path = Set((letters + "-._~!$&'()*+,;=:@/").unicodeScalars)
        let query = path.union(["?"])
        for value in UInt8(0)..<0x80 {
            let scalar = Unicode.Scalar(value)
            let inPath = try? URIReference("/x\(scalar)").path
            let inQuery = try? URIReference("?\(scalar)").query
            let inFragment = try? URIReference("#\(scalar)").fragment
            // "?" and "#" end a path, "#" ends a query.
            #expect((inPath == "/x\(scalar)") == path.contains(scalar), "\(scalar.debugDescription) in a path")
            #expect((inQuery == "\(scalar)") == query.contains(scalar), "\(scalar.debugDescription) in a query")
            #expect((inFragment == "\(scalar)") == query.contains(scalar), "\(scalar.debugDescription) in a fragment")
        }
    }

    @Test(
        "GP-049: bytes that are not UTF-8 are an error at the first of them",
        arguments: [
            ([0x2F, 0xDC], 1), ([0xC0, 0xAF], 0), ([0x2F, 0xC3, 0x28], 1), ([0xE0, 0x80, 0xAF], 0),
            ([0xED, 0xA0, 0x80], 0), ([0xF4, 0x90, 0x80, 0x80], 0), ([0xF0, 0x8F, 0xBF, 0xBF], 0), ([0xF5], 0),
            ([0x2F, 0xE2, 0x82], 1), ([0xF0, 0x9F, 0x98], 0), ([0x80], 0), ([0xC3, 0xA9, 0xFF], 2),
            ([0xE2, 0x82, 0x28], 0),
        ] as [([UInt8], Int)]
    )
    func invalidUTF8(bytes: [UInt8], offset: Int) {
        #expect(throws: URIError.invalidUTF8(offset: offset)) { try URIReference(parsing: bytes.span) }
        #expect(String(validating: bytes, as: UTF8.self) == nil)
    }

    @Test("DA-16: text that is not ASCII is its percent-encoded form, at every border of UTF-8")
    func internationalText() throws {
        let uri = try URIReference("/caf\u{E9}?\u{5BB6}#\u{1F680}")
        #expect(uri.description == "/caf%C3%A9?%E5%AE%B6#%F0%9F%9A%80")
        for value: UInt32 in [0xA0, 0x7FF, 0x800, 0xD7FF, 0xE000, 0xFFFD, 0xFFFF, 0x10000, 0x10FFFF] {
            let text = String(Unicode.Scalar(value)!)
            #expect(try PercentEncoding.decode(URIReference("/\(text)").path) == "/\(text)")
        }
        #expect(try URIReference("//caf\u{E9}.localhost/").authority?.host == (try Host("xn--caf-dma.localhost")))
    }

    @Test("GP-025: a lenient client encodes what people write in links")
    func lenient() throws {
        #expect(try URIReference(lenient: "c d").description == "c%20d")
        #expect(
            try URIReference(lenient: "/100% [a|b].gmi?<x>#\"^`{}\\#").description
                == "/100%25%20%5Ba%7Cb%5D.gmi?%3Cx%3E#%22%5E%60%7B%7D%5C%23"
        )
        #expect(try URIReference(lenient: "/%41%4").description == "/%41%254")
        #expect(try URIReference(lenient: "<0032>").description == "%3C0032%3E")
        #expect(throws: URIError.invalidCharacter("\n", offset: 2)) { try URIReference(lenient: "/a\n") }
        #expect(throws: URIError.invalidHost(.invalidCharacter(" "))) { try URIReference(lenient: "//a b/") }
        #expect(throws: URIError.invalidScheme) { try URIReference(lenient: "a b:c") }
    }

    @Test(
        "RFC 3986 §6.2: normalisation",
        arguments: [
            ("eXAMPLE://a/./b/../b/%63/%7bfoo%7d", "example://a/b/c/%7Bfoo%7D"),
            ("HTTP://www.EXAMPLE.com/", "http://www.example.com/"),
            ("gemini://h", "gemini://h/"), ("gemini://h:1965", "gemini://h/"), ("titan://h:1965/a", "titan://h/a"),
            ("http://h:1965/", "http://h:1965/"), ("gemini://h:/", "gemini://h/"),
            ("gemini://h:01966/", "gemini://h:1966/"),
            ("//H?q", "//h/?q"), ("../%2e%2E/x", "../../x"), ("/a/%2e%2e/b", "/b"), ("a%2fb%7E", "a%2Fb~"),
            ("?%61%2f", "?a%2F"), ("#%61%2f", "#a%2F"), ("x:/a/..//b", "x:/.//b"), ("urn:a/../b", "urn:a/../b"),
            ("", ""),
        ]
    )
    func normalization(text: String, normal: String) throws {
        let normalized = try URIReference(text).normalized()
        #expect(normalized.description == normal)
        #expect(try URIReference(normal) == normalized)
        #expect(normalized.normalized() == normalized)
    }

    @Test("Every error is one sentence without control characters, whatever caused it")
    func errorText() {
        let errors: [URIError] = [
            .invalidUTF8(offset: 1), .invalidCharacter("\u{1B}", offset: 2), .invalidCharacter(" ", offset: 2),
            .invalidCharacter("\"", offset: 2), .invalidCharacter("\u{85}", offset: 2),
            .invalidPercentEscape(offset: 3),
            .invalidScheme, .invalidPort, .missingScheme, .missingHost, .userinfo,
            .invalidHost(.invalidCharacter("\u{202E}")),
        ]
        for error in errors {
            #expect(error.description.last == ".")
            #expect(error.description.unicodeScalars.allSatisfy { (0x20...0x7E).contains($0.value) })
        }
        #expect(URIError.invalidCharacter("\u{1B}", offset: 2).description.contains("U+001B"))
        #expect(URIError.invalidHost(.invalidCharacter("\u{202E}")).description.contains("U+202E"))
    }
}
