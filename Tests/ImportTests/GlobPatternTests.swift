import Testing

import struct Canaveral.PathExpression

@testable import CanaveralConfiguration

#if canImport(Darwin)
import Darwin
#elseif canImport(Glibc)
import Glibc
#elseif canImport(Musl)
import Musl
#endif

@Suite("Patterns of shells as locations")
struct GlobPatternTests {
    private static let patterns = [
        "*", "/*", "/", "/a", "/a/*", "/a/b*", "*.gmi", "/a?b", "/[ab]/*", "/[!a]*", "/a.b/*", "/[]a]", "/[a", "/\\*",
        "/a**b",
        "/a+(b)|{c}^$", "/[a^-]x",
    ]
    private static let paths = [
        "/", "/a", "/a/", "/a/b", "/a/bc/d", "/b/", "/b/x.gmi", "/axb", "/a/b.gmi", "/a.b/c", "/acb/c", "/]", "/[a",
        "/*", "/ab",
        "/a+(b)|{c}^$", "/^x", "/-x",
    ]

    /// Whether a location of this program answers for a path.
    private static func matches(_ location: GlobPattern.Location, _ path: String) throws -> Bool {
        switch location {
        case .everything: true
        case .exact(let exact): exact == path
        case .beneath(let folder): path.hasPrefix(folder)
        case .matching(let regex): try PathExpression(regex).matches(path)
        }
    }

    @Test("A location answers for the paths that fnmatch matches", arguments: Self.patterns)
    func sameAsSystem(pattern: String) throws {
        let location = GlobPattern(pattern).location
        for path in Self.paths {
            #expect(try Self.matches(location, path) == (fnmatch(pattern, path, 0) == 0), "\(location) and \(path)")
        }
    }

    @Test("A match is that of fnmatch", arguments: Self.patterns + ["[a-c/]*", "*[!b]", "*a*b*", "?*?", "", "[z-a]*"])
    func matching(pattern: String) {
        for path in Self.paths + ["aab", "abab", "", "c"] {
            #expect(GlobPattern(pattern).matches(path) == (fnmatch(pattern, path, 0) == 0), "\(path)")
        }
    }

    @Test("A pattern with many asterisks is matched in no time", .timeLimit(.minutes(1)))
    func manyAsterisks() {
        let pattern = GlobPattern(String(repeating: "*a", count: 50) + "b")
        #expect(!pattern.matches("/" + String(repeating: "a", count: 2000)))
        #expect(pattern.matches("/" + String(repeating: "a", count: 2000) + "b"))
    }

    @Test("A set with characters that paths have encoded")
    func encodedSet() throws {
        let location = GlobPattern("/[aä*]/*").location
        for path in ["/a/x", "/%C3%A4/x", "/*/x"] {
            #expect(try Self.matches(location, path), "\(location) and \(path)")
        }
        for path in ["/b/x", "/%C3%A5/x", "/%C3/x"] {
            #expect(try !Self.matches(location, path), "\(location) and \(path)")
        }
    }

    @Test("What is said of two patterns holds for every path")
    func relations() {
        for first in Self.patterns {
            for second in Self.patterns {
                let (one, other) = (GlobPattern(first), GlobPattern(second))
                for path in Self.paths where fnmatch(second, path, 0) == 0 {
                    let isInBoth = fnmatch(first, path, 0) == 0
                    if one.covers(other) { #expect(isInBoth, "\(first) covers \(second), but \(path)") }
                    if !one.mayOverlap(other) { #expect(!isInBoth, "\(first) is apart from \(second), but \(path)") }
                }
            }
        }
        #expect(GlobPattern("/a/*").covers(GlobPattern("/a/b/*")) && !GlobPattern("/a/b/*").covers(GlobPattern("/a/*")))
        #expect(
            !GlobPattern("/a/*").mayOverlap(GlobPattern("/b/*")) && GlobPattern("*.x").mayOverlap(GlobPattern("/b/*"))
        )
    }
}
