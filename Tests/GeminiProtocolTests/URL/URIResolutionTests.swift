import GeminiProtocol
import Testing

@Suite("Resolution of references")
struct URIResolutionTests {
    /// RFC 3986 §5.4.
    private static let base = "http://a/b/c/d;p?q"

    @Test(
        "RFC 3986 §5.4.1: normal examples",
        arguments: [
            ("g:h", "g:h"), ("g", "http://a/b/c/g"), ("./g", "http://a/b/c/g"), ("g/", "http://a/b/c/g/"),
            ("/g", "http://a/g"), ("//g", "http://g"), ("?y", "http://a/b/c/d;p?y"), ("g?y", "http://a/b/c/g?y"),
            ("#s", "http://a/b/c/d;p?q#s"), ("g#s", "http://a/b/c/g#s"), ("g?y#s", "http://a/b/c/g?y#s"),
            (";x", "http://a/b/c/;x"), ("g;x", "http://a/b/c/g;x"), ("g;x?y#s", "http://a/b/c/g;x?y#s"),
            ("", "http://a/b/c/d;p?q"), (".", "http://a/b/c/"), ("./", "http://a/b/c/"), ("..", "http://a/b/"),
            ("../", "http://a/b/"), ("../g", "http://a/b/g"), ("../..", "http://a/"), ("../../", "http://a/"),
            ("../../g", "http://a/g"),
        ]
    )
    func normalExample(reference: String, target: String) throws {
        try Self.expect(reference, against: Self.base, resolvesTo: target)
    }

    @Test(
        "RFC 3986 §5.4.2: abnormal examples",
        arguments: [
            ("../../../g", "http://a/g"), ("../../../../g", "http://a/g"), ("/./g", "http://a/g"),
            ("/../g", "http://a/g"), ("g.", "http://a/b/c/g."), (".g", "http://a/b/c/.g"), ("g..", "http://a/b/c/g.."),
            ("..g", "http://a/b/c/..g"), ("./../g", "http://a/b/g"), ("./g/.", "http://a/b/c/g/"),
            ("g/./h", "http://a/b/c/g/h"), ("g/../h", "http://a/b/c/h"), ("g;x=1/./y", "http://a/b/c/g;x=1/y"),
            ("g;x=1/../y", "http://a/b/c/y"), ("g?y/./x", "http://a/b/c/g?y/./x"),
            ("g?y/../x", "http://a/b/c/g?y/../x"), ("g#s/./x", "http://a/b/c/g#s/./x"),
            ("g#s/../x", "http://a/b/c/g#s/../x"), ("http:g", "http:g"),
        ]
    )
    func abnormalExample(reference: String, target: String) throws {
        try Self.expect(reference, against: Self.base, resolvesTo: target)
    }

    @Test(
        "RFC 3986 §5.2.3: a base without a path, without an authority, without a root",
        arguments: [
            ("g", "gemini://h", "gemini://h/g"), ("?q", "gemini://h", "gemini://h?q"),
            ("..", "gemini://h", "gemini://h/"),
            ("g", "file:///etc/hosts", "file:///etc/g"), ("../../g", "file:///etc/hosts", "file:///g"),
            ("c", "x:a/b", "x:a/c"), ("../c", "x:a/b", "x:/c"), ("#f", "urn:a:b", "urn:a:b#f"),
            ("//g/../x", "gemini://h/a", "gemini://g/x"), ("x:./../a", "gemini://h/", "x:a"),
        ]
    )
    func unusualBase(reference: String, base: String, target: String) throws {
        try Self.expect(reference, against: base, resolvesTo: target)
    }

    @Test(
        "RFC 3986 §4.2: a resolved path is not read as an authority or a scheme",
        arguments: [
            ("..//g", "x:/a/b", "x:/.//g"), ("/..//g", "x:/a", "x:/.//g"), ("./c:d", "", "./c:d"),
            ("./c:d", "a", "./c:d"), ("../c:d", "/a/b", "/c:d"),
        ]
    )
    func guarded(reference: String, base: String, target: String) throws {
        try Self.expect(reference, against: base, resolvesTo: target)
        #expect(try URIReference(target).description == target)
    }

    @Test(
        "GP-131, GP-132: a redirect is resolved against the request and drops its query",
        arguments: [
            ("c", "gemini://h/a/c"), ("../c", "gemini://h/c"), ("?x", "gemini://h/a/b?x"), ("//o/z", "gemini://o/z"),
            ("/n", "gemini://h/n"), ("", "gemini://h/a/b?q"), ("gemini://o", "gemini://o/"),
        ]
    )
    func redirect(reference: String, target: String) throws {
        let request = try GeminiURL("gemini://h/a/b?q")
        #expect(try request.resolving(reference).description == target)
    }

    @Test("GP-135: the fragment of the target is kept, that of the base is not")
    func fragments() throws {
        let page = try GeminiURL("gemini://h/p#a")
        #expect(try page.resolving("q#b").description == "gemini://h/q#b")
        #expect(try page.resolving("q").description == "gemini://h/q")
        #expect(try page.resolving("").description == "gemini://h/p")
    }

    @Test("GP-141: a target that no request can name is an error")
    func unusableTarget() throws {
        let page = try GeminiURL("gemini://h/p")
        #expect(throws: URIError.missingHost) { try page.resolving("mailto:a@b") }
        #expect(throws: URIError.missingHost) { try page.resolving("///x") }
        #expect(throws: URIError.userinfo) { try page.resolving("//u@h/") }
        #expect(throws: URIError.invalidCharacter(" ", offset: 1)) { try page.resolving("a b") }
    }

    @Test("DG torture test: references that climb above the root stay on the host")
    func climbing() throws {
        let page = try GeminiURL("gemini://h/test/torture/0008")
        #expect(try page.resolving("../../../../").description == "gemini://h/")
        #expect(try page.resolving("/test/../").description == "gemini://h/")
        #expect(try page.resolving("%2e%2E/x").description == "gemini://h/test/x")
    }

    private static func expect(_ reference: String, against base: String, resolvesTo target: String) throws {
        let resolved = try URIReference(reference).resolved(against: URIReference(base))
        #expect(resolved.description == target)
        #expect(try URIReference(target) == resolved)
    }
}
