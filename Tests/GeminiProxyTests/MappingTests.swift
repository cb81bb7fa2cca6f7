import GeminiProtocol
import GeminiServer
import TestSupport
import Testing

@testable import GeminiProxy

@Suite("The mapping of addresses")
struct MappingTests {
    static func request(_ text: String, at prefix: String) throws -> Request {
        let bytes = Array(text.utf8)
        var request = Request(line: try RequestLine(parsing: bytes.span))
        request.basePath = prefix
        return request
    }

    static func mapping(_ origin: String, _ name: OriginName = .origin) throws -> OriginMapping {
        try OriginMapping(GeminiURL(origin), name: name)
    }

    @Test(
        "GP-180, GP-062: the path behind the prefix is put behind the origin's, query and escapes as they came",
        arguments: [
            ("", "gemini://b/", "gemini://h/", "gemini://b/"),
            ("", "gemini://b/", "gemini://h", "gemini://b/"),
            ("", "gemini://b:7000/", "gemini://h/x/y?q=%20", "gemini://b:7000/x/y?q=%20"),
            ("/app", "gemini://b/", "gemini://h/app/", "gemini://b/"),
            ("/app", "gemini://b/base/", "gemini://h/app", "gemini://b/base"),
            ("/app", "gemini://b/base", "gemini://h/app/x", "gemini://b/base/x"),
            ("/app", "gemini://b/base/", "gemini://h/app/x/", "gemini://b/base/x/"),
            ("/a/b", "gemini://b/base/", "gemini://h/a/b/c", "gemini://b/base/c"),
            ("/app", "gemini://b/base/", "gemini://h/app?", "gemini://b/base?"),
            ("/app", "gemini://b/", "gemini://h/app/%7e%2Fx%c3%A9?a+b%2b", "gemini://b/%7e%2Fx%c3%A9?a+b%2b"),
            ("/app", "gemini://b/", "gemini://h/%61pp/é//x", "gemini://b/é//x"),
            ("/app", "gemini://b/base/", "gemini://h/app/./x/../y", "gemini://b/base/y"),
            ("/app", "gemini://b/base/", "gemini://h/z/../app/%2E%2e/app/x", "gemini://b/base/x"),
            ("/app", "gemini://b/base/", "gemini://h/app/...", "gemini://b/base/..."),
            (
                "/app", "gemini://b/a;b/", "titan://h/app/f;mime=text/plain;size=3;token=a%3Bb?q",
                "titan://b/a%3Bb/f;size=3;mime=text/plain;token=a%3Bb?q"
            ),
            ("/app", "gemini://b/", "titan://h/app/f;edit", "titan://b/f;edit"),
            ("/app", "gemini://b/a;b/", "gemini://h/app/f;v=1", "gemini://b/a;b/f;v=1"),
        ]
    )
    func toOrigin(_ prefix: String, _ origin: String, _ request: String, _ expected: String) throws {
        #expect(try Self.mapping(origin).line(for: Self.request(request, at: prefix)).text == expected)
    }

    @Test(
        "GP-180: the origin is asked by its own name, by the visitor's or by another",
        arguments: [
            (OriginName.origin, "gemini://127.0.0.1:7000/x"), (.visitor, "gemini://example.org/x"),
            (.named(try! Host("other.example")), "gemini://other.example/x"),
        ]
    )
    func names(_ name: OriginName, _ expected: String) throws {
        let mapping = try Self.mapping("gemini://127.0.0.1:7000/", name)
        #expect(try mapping.line(for: Self.request("gemini://example.org:1970/x", at: "")).text == expected)
    }

    @Test("GP-041: what is over 1,024 bytes for the origin is 59, and what is no Gemini 53")
    func refusals() throws {
        let mapping = try Self.mapping("gemini://b/" + String(repeating: "x", count: 100))
        let fits = String(repeating: "y", count: 1024 - "gemini://b/".utf8.count - 101)
        #expect(try mapping.line(for: Self.request("gemini://h/" + fits, at: "")).text.utf8.count == 1024)
        let error = #expect(throws: OriginRequestError.self) {
            try mapping.line(for: Self.request("gemini://h/y" + fits, at: ""))
        }
        #expect(error?.response.header.description == "59 The address is too long for the server behind this one")
        let other = #expect(throws: OriginRequestError.self) {
            try mapping.line(for: Self.request("https://h/", at: ""))
        }
        #expect(other?.response.status == .proxyRequestRefused)
    }

    @Test(
        "GP-130: a redirect to the origin's own address becomes ours, and others stay",
        arguments: [
            ("/base/y", "/app/y"), ("/base/y/?q=%2F", "/app/y/?q=%2F"), ("/base/", "/app/"), ("/base", "/app"),
            ("y", "/app/y"), ("?q", "/app/x?q"), ("a b", "/app/a%20b"), ("gemini://b:7000/base/y#f", "/app/y"),
            ("GEMINI://B:7000/base/%7Ey", "/app/~y"), ("//b:7000/base/y", "/app/y"),
            ("gemini://b/base/y", "gemini://b/base/y"), ("gemini://b:7000/basement", "gemini://b:7000/basement"),
            ("/elsewhere", "gemini://b:7000/elsewhere"), ("../y", "gemini://b:7000/y"),
            ("gemini://other/base/y?q", "gemini://other/base/y?q"), ("https://b:7000/base/y", "https://b:7000/base/y"),
            ("titan://b:7000/base/y", "titan://h:1970/app/y"), ("mailto:a@b", "mailto:a@b"),
            ("/base//evil.example/", "/app//evil.example/"),
        ]
    )
    func redirects(_ target: String, _ expected: String) throws {
        let request = try Self.request("gemini://h:1970/app/x", at: "/app")
        let mapping = try Self.mapping("gemini://b:7000/base/")
        let line = try mapping.line(for: request)
        #expect(mapping.redirect(to: target, from: line, for: request)?.text == expected)
    }

    @Test("TI-18: after an upload too, to gemini as it was said")
    func redirectAfterUpload() throws {
        let request = try Self.request("titan://h/app/f;size=1", at: "/app")
        let mapping = try Self.mapping("gemini://b:7000/base/")
        let line = try mapping.line(for: request)
        #expect(mapping.redirect(to: "gemini://b:7000/base/f", from: line, for: request)?.text == "gemini://h/app/f")
        #expect(mapping.redirect(to: "/base/g", from: line, for: request)?.text == "/app/g")
    }

    @Test("At the root, a path that begins with two slashes stays a path")
    func doubleSlash() throws {
        let request = try Self.request("gemini://h/x", at: "")
        let mapping = try Self.mapping("gemini://b/")
        let line = try mapping.line(for: request)
        #expect(mapping.redirect(to: "/.//evil.example/", from: line, for: request)?.text == "/.//evil.example/")
    }

    @Test(
        "A redirect that leads back to what was asked for, or nowhere, is none",
        arguments: [
            "/base/x", "x", "gemini://h/app/x", "gemini://b/base/./x", "gemini://",
            "/" + String(repeating: "y", count: 1024),
        ]
    )
    func noRedirect(_ target: String) throws {
        let request = try Self.request("gemini://h/app/x", at: "/app")
        let mapping = try Self.mapping("gemini://b/base/")
        #expect(mapping.redirect(to: target, from: try mapping.line(for: request), for: request) == nil)
    }

    @Test("GP-133: the place without its slash leads to it where the origin's root is behind it")
    func slash() throws {
        let root = try Self.mapping("gemini://b/")
        let response = try root.redirectToSlash(Self.request("gemini://h/app?q", at: "/app"))
        #expect(response?.header.description == "31 /app/?q")
        #expect(try root.redirectToSlash(Self.request("gemini://h/app/", at: "/app")) == nil)
        #expect(try root.redirectToSlash(Self.request("gemini://h/", at: "")) == nil)
        #expect(try Self.mapping("gemini://b/x/").redirectToSlash(Self.request("gemini://h/app", at: "/app")) == nil)
    }

    @Test(
        "An origin has a gemini address without query and fragment",
        arguments: [
            "https://b/", "titan://b/", "gemini://b/?q", "gemini://b/#f", "nothing",
        ]
    )
    func origins(_ origin: String) {
        #expect(throws: ReverseProxyError.self) { try ReverseProxy(to: origin, makeOptions()) }
    }
}
