import Testing

@testable import GeminiFiles

@Suite("Patterns of files")
struct GlobPatternTests {
    private static func matches(_ pattern: String, _ path: String) throws -> Bool {
        try GlobPattern(pattern).matches(path.split(separator: "/").map { Array($0.unicodeScalars) })
    }

    @Test(
        "What a pattern is for",
        arguments: [
            ("index.gmi", ["index.gmi"]), ("a/b.gmi", ["a/b.gmi"]), ("./a//b", ["a/b"]), ("*", ["a", "a.gmi", "é"]),
            ("*.gmi", [".gmi", "a.gmi", "a.gmi.gmi"]), ("a*b*c", ["abc", "aXbYc", "abbcc", "abcbc"]),
            ("?", ["a", "é", "\u{1F680}"]), ("a?c", ["abc"]), ("a/*", ["a/b"]), ("*/b", ["a/b"]),
            ("**", ["a", "a/b", "a/b/c"]), ("a/**", ["a/b", "a/b/c"]), ("**/c", ["c", "a/c", "a/b/c"]),
            ("a/**/c", ["a/c", "a/b/c", "a/b/b/c"]), ("**/a/**/a", ["a/a", "x/a/y/a", "a/a/a"]),
            ("**/**/a", ["a", "b/a"]), ("**/*.de.gmi", ["x.de.gmi", "a/b/x.de.gmi"]),
            ("[abc]", ["a", "c"]), ("[a-c]x", ["bx"]), ("[!a-c]", ["d", "-"]), ("[]]", ["]"]), ("[!]]", ["a"]),
            ("[-a]", ["-", "a"]), ("[a-]", ["-", "a"]), ("[*?]", ["*", "?"]), ("[[]", ["["]), ("[a-cx-z]", ["b", "y"]),
            ("a]", ["a]"]), ("[é-í]", ["ê"]),
        ]
    )
    func matching(_ vector: (pattern: String, paths: [String])) throws {
        for path in vector.paths { #expect(try Self.matches(vector.pattern, path), "\(vector.pattern) \(path)") }
    }

    @Test(
        "What it is not for",
        arguments: [
            ("index.gmi", ["Index.gmi", "index.gm", "index.gmi2", "a/index.gmi"]), ("*", ["a/b"]),
            ("*.gmi", ["a/b.gmi"]),
            ("a*b*c", ["ab", "acb", "xabc"]), ("?", ["ab", "a/b"]), ("a/**", ["a", "b/a"]), ("**/c", ["a/b", "c/a"]),
            ("a/**/c", ["a", "c", "a/b", "b/a/c"]), ("**/a/**/a", ["a", "a/b"]), ("[abc]", ["d", "ab"]),
            ("[!a]", ["a"]),
            ("[*]", ["a"]), ("é", ["e\u{301}"]),
        ]
    )
    func notMatching(_ vector: (pattern: String, paths: [String])) throws {
        for path in vector.paths { #expect(try !Self.matches(vector.pattern, path), "\(vector.pattern) \(path)") }
    }

    @Test(
        "What is no pattern",
        arguments: [
            ("", .empty), (".", .empty), ("./.", .empty), ("/a", .absolute), ("a/", .folder), ("../a", .leadsOut),
            ("a/../b", .leadsOut), ("a**", .misplacedAsterisks), ("**a", .misplacedAsterisks),
            ("***", .misplacedAsterisks),
            ("[a", .openBracket), ("[]", .openBracket), ("[!]", .openBracket), ("[!", .openBracket),
            ("[", .openBracket),
            ("[a/b]", .openBracket), ("[b-a]", .emptyRange),
        ] as [(String, GlobPatternError)]
    )
    func broken(_ vector: (pattern: String, error: GlobPatternError)) {
        #expect(throws: vector.error) { try GlobPattern(vector.pattern) }
    }

    @Test("Nasty patterns take no more steps than their length times the path's", .timeLimit(.minutes(10)))
    func nasty() throws {
        let run = String(repeating: "*a", count: 500) + "b"
        #expect(try !Self.matches(run, String(repeating: "a", count: 1000)))
        let folders = String(repeating: "**/a/", count: 200) + "b"
        #expect(try !Self.matches(folders, String(repeating: "a/", count: 500) + "c"))
        let both = String(repeating: "**/*a*a*a/", count: 50) + "b"
        #expect(try !Self.matches(both, String(repeating: "aaaaaaaaa/", count: 100) + "c"))
    }
}
