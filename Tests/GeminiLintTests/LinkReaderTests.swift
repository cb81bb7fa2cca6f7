import GeminiProtocol
import Testing

@testable import GeminiLint

@Suite("How the address of a link is written")
struct LinkReaderTests {
    private func read(_ text: String) throws -> (target: GeminiLint.LinkTarget, rules: [Rule]) {
        let (target, remarks) = LinkReader(base: try GeminiURL("gemini://h/a/b.gmi")).read(text)
        return (target, remarks.map(\.rule))
    }

    @Test(
        "Links lead where clients take them",
        arguments: [
            ("c", "gemini://h/a/c"), ("../c", "gemini://h/c"), ("/c?q", "gemini://h/c?q"), ("//x/", "gemini://x/"),
            ("#part", "gemini://h/a/b.gmi"), ("?q#part", "gemini://h/a/b.gmi?q"), ("c/../d", "gemini://h/a/d"),
            ("gemini://X:1965/%7Eme", "gemini://x/~me"), ("./12:30", "gemini://h/a/12:30"), (".", "gemini://h/a/"),
            ("gemini://x/../y", "gemini://x/y"),
        ]
    )
    func targets(_ vector: (text: String, url: String)) throws {
        let (target, rules) = try self.read(vector.text)
        #expect(target == .gemini(try GeminiURL(vector.url)))
        #expect(rules.isEmpty)
    }

    @Test(
        "What is wrong with an address is said",
        arguments: [
            ("gästebuch.gmi", .unencodedURL), ("a[1].gmi", .unencodedURL), ("100%", .unencodedURL),
            ("a\"b", .unencodedURL),
            ("../../c", .outsideRoot), ("/../c", .outsideRoot), ("x/%2e%2e/../../c", .outsideRoot),
            ("gemini://u@h/", .userinfo), ("//u@h/", .userinfo), ("titan://u@h/", .userinfo),
            ("gemini:/x", .invalidURL), ("gemini:///x", .invalidURL), ("http://[x/", .invalidURL),
            ("12:30", .invalidURL),
            ("gemini://h:99999/", .invalidURL), ("note:this", .unknownScheme),
            ("/" + String(repeating: "0", count: 1024), .longURL),
        ] as [(String, Rule)]
    )
    func faults(_ vector: (text: String, rule: Rule)) throws {
        #expect(try self.read(vector.text).rules == [vector.rule])
    }

    @Test(
        "Addresses of other protocols are let be",
        arguments: ["https://x/", "mailto:a@b", "gopher://x/1/a", "data:,x"]
    )
    func otherSchemes(_ text: String) throws {
        let (target, rules) = try self.read(text)
        #expect(target == .other(scheme: String(text.prefix { $0 != ":" })))
        #expect(rules.isEmpty)
    }

    @Test("GP-041: an address of 1024 bytes is not too long")
    func longest() throws {
        let path = "/" + String(repeating: "0", count: 1024 - "gemini://h/".utf8.count)
        #expect(try self.read(path).rules.isEmpty)
        #expect(try self.read(path + "0").rules == [.longURL])
    }
}
