import GeminiClient
import GeminiProtocol
import Testing

@Suite("Scopes of identities")
struct IdentityScopeTests {
    static let table: [(scope: String, url: String, covers: Bool)] = [
        ("gemini://h/a/b", "gemini://h/a/b", true),
        ("gemini://h/a/b", "gemini://h/a/b/", true),
        ("gemini://h/a/b", "gemini://h/a/b/c", true),
        ("gemini://h/a/b", "gemini://h/a/b?query", true),
        ("gemini://h/a/b", "gemini://h/a", false),
        ("gemini://h/a/b", "gemini://h/a/bc", false),
        ("gemini://h/a/b", "gemini://h/a/b/../c", false),
        ("gemini://h/a/b", "gemini://h/a/%62/c", true),
        ("gemini://h/a/b", "gemini://h/a/B", false),
        ("gemini://h/a/b", "gemini://h/a/b%2Fc", false),
        ("gemini://h/a/b", "gemini://h/x/a/b", false),
        ("gemini://h/a/b", "gemini://h:1966/a/b", false),
        ("gemini://h/a/b", "gemini://i/a/b", false),
        ("gemini://h/a/b", "gemini://www.h/a/b", false),
        ("gemini://h:1965/a/b", "gemini://H./a/b", true),
        ("gemini://h:1966/a/b", "gemini://h:1966/a/b", true),
        ("gemini://h/a/", "gemini://h/a/", true),
        ("gemini://h/a/", "gemini://h/a/b", true),
        ("gemini://h/a/", "gemini://h/a", false),
        ("gemini://h/a?x#y", "gemini://h/a", true),
        ("gemini://h", "gemini://h/", true),
        ("gemini://h", "gemini://h/anything/below", true),
        ("gemini://h/a", "spartan://h:1965/a", false),
    ]

    @Test("GP-156: a scope covers its path and what is below it, by whole segments", arguments: table.indices)
    func covers(row: Int) throws {
        let (scope, url, covers) = Self.table[row]
        #expect(
            try #require(IdentityScope(try GeminiURL(scope))).covers(try GeminiURL(url)) == covers,
            "\(scope) \(url)"
        )
    }

    @Test("GP-158, TI-24: titan has the scope of gemini, without its parameters")
    func titan() throws {
        let scope = try #require(IdentityScope(try GeminiURL("gemini://h/a/b")))
        for (url, covers) in [
            ("titan://h/a/b;size=3;mime=text/gemini", true), ("titan://h/a/b/c;edit", true), ("titan://h/a/b", true),
            ("titan://h/a;size=3;mime=x/b", false), ("titan://h:1966/a/b;size=3", false),
            ("titan://h/a/bc;size=1", false),
        ] {
            #expect(scope.covers(try GeminiURL(url)) == covers, "\(url)")
        }
        #expect(IdentityScope(try GeminiURL("titan://h/a/b;token=x/y;size=3")) == scope)
        // For gemini a semicolon is a part of the path.
        #expect(!scope.covers(try GeminiURL("gemini://h/a/b;c")))
        #expect(IdentityScope(try GeminiURL("https://h/a")) == nil)
    }

    @Test("A scope is made of its parts, and written as a URL")
    func parts() throws {
        #expect(try IdentityScope(host: try Host("H.example.")).description == "gemini://h.example/")
        #expect(
            try IdentityScope(host: try Host("::1"), port: 70, path: "a/./b").description == "gemini://[::1]:70/a/b"
        )
        #expect(throws: URIError.self) { try IdentityScope(host: try Host("h"), path: "/a b") }
    }
}
