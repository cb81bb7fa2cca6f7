import GeminiProtocol
import Testing

@testable import Canaveral

@Suite("Regular expressions for paths")
struct PathExpressionTests {
    @Test(
        "What each construct matches, and what it does not",
        arguments: [
            // Expression, what matches, what does not.
            ("/a.c", ["/abc", "/a/c", "/a%c"], ["/ac", "/abbc", "a/abc"]),
            ("/a\\.c\\*", ["/a.c*"], ["/abc*", "/a.c"]),
            ("/[a-cx]", ["/a", "/b", "/x"], ["/d", "/-", "/A", "/"]),
            ("/[^a-c/]+", ["/d", "/x%y"], ["/a", "/", "/d/d"]),
            ("/[]a-]+", ["/a-", "/]"], ["/b"]), ("/[\\]\\w-]+", ["/a_9-", "/]"], ["/."]),
            ("/[a\\-z]", ["/a", "/-"], ["/b"]), ("/[.*+?]", ["/.", "/+"], ["/a"]),
            ("/\\d+\\D", ["/12x"], ["/123", "/x"]), ("/\\w*", ["/", "/aZ_9"], ["/-"]),
            ("/\\W\\S", ["/-a"], ["/aa", "/-"]), ("/[\\d\\s]+", ["/1"], ["/a"]),
            ("/[[:alpha:]]+[[:^digit:]]", ["/ab", "/a-"], ["/a1", "/1a"]),
            ("/\\x61\\x2e[\\x30-\\x39]", ["/a.5"], ["/ab5"]),
            ("/(?:a|bc|)d", ["/ad", "/bcd", "/d"], ["/abcd"]), ("/a|/b", ["/a", "/b"], ["/a/b", "/a|/b"]),
            ("/a*b+c?", ["/b", "/aabbc"], ["/a", "/ac"]), ("/a{2}", ["/aa"], ["/a", "/aaa"]),
            ("/a{2,}", ["/aa", "/aaaa"], ["/a"]), ("/a{1,3}", ["/a", "/aaa"], ["/", "/aaaa"]),
            ("/(?:ab){0}c", ["/c"], ["/abc"]), ("/.*?b", ["/b", "/abab"], ["/a"]),
            ("^/a$", ["/a"], ["/a/"]), ("\\A/a\\z", ["/a"], []), ("(?:^/a|.*/b)$", ["/a", "/c/b"], ["/c/a"]),
            ("/x*^a", [], ["/a", "/xa"]), (".*\\bab\\b.*", ["/ab", "/-ab/"], ["/cab", "/abc"]),
            ("/a\\Bb", ["/ab"], ["/a"]),
            ("(?i)/Ab[x-z]%C3", ["/aBy%C3", "/ABX%C3"], ["/ab%C3"]),
            ("/a(?i)b", ["/ab", "/aB"], ["/Ab"]), ("/(?i:a)b", ["/Ab"], ["/aB"]), ("(?i)/(?-i)a", ["/a"], ["/A"]),
            ("(?s)/.", ["/a"], ["/"]), ("(?i)/[^a]", ["/b"], ["/a", "/A"]),
            ("(?!/a/)(?!.*\\.zip$).*", ["/b", "/a", "/zip"], ["/a/b", "/x.zip"]),
            ("(?=/a)(?!/ab)/.*", ["/a", "/ac"], ["/b", "/ab"]), ("((?!/a/)/.*)", ["/b"], ["/a/b"]),
            ("(?!/a)/.|/ab", ["/b", "/ab"], ["/a"]), ("^(?!/a)(?i)/B", ["/b"], ["/a"]),
            ("", [""], ["/"]), ("/(|a)+", ["/", "/aa"], ["/b"]),
        ] as [(String, [String], [String])]
    )
    func syntax(pattern: String, matching: [String], others: [String]) throws {
        let expression = try PathExpression(pattern)
        for path in matching { #expect(expression.matches(path), "\(path)") }
        for path in others { #expect(!expression.matches(path), "\(path)") }
    }

    @Test(
        "A character that paths have encoded stands for its escape, as a whole where it is repeated",
        arguments: [
            ("/ä", "/%C3%A4", true), ("/ä+x", "/%C3%A4%C3%A4x", true), ("/ä?x", "/x", true), ("/a b", "/a%20b", true),
            ("/\\?\\[", "/%3F%5B", true), ("/\\x20", "/%20", true), ("/日本/.*", "/%E6%97%A5%E6%9C%AC/x", true),
            ("/a%20b", "/a%20b", true), ("/a;b:@!$&'(),=~+", "/a;b:@!", false), ("/a;b:@!&',=~", "/a;b:@!&',=~", true),
            ("(?!/ä/).*", "/%C3%A4/x", false), ("(?i)/Ä", "/%C3%84", true), ("/[ä]", "", false),
        ]
    )
    func encoding(pattern: String, path: String, isMatching: Bool) {
        #expect(((try? PathExpression(pattern))?.matches(path) ?? false) == isMatching)
    }

    @Test(
        "Groups find what a backtracking engine would prefer",
        arguments: [
            ("/~(\\w+)/(.*)", "/~ada/log/", ["/~ada/log/", "ada", "log/"]),
            ("(.*)/(.*)", "/a/b/c", ["/a/b/c", "/a/b", "c"]), ("(.*?)/(.*)", "/a/b/c", ["/a/b/c", "", "a/b/c"]),
            ("/(?<year>\\d+)-(?P<month>\\d+)(x)?", "/2024-09", ["/2024-09", "2024", "09", nil]),
            ("/(a|ab)(c|bcd)(d*)", "/abcd", ["/abcd", "a", "bcd", ""]), ("/(?:(a)|(b))*", "/ab", ["/ab", "a", "b"]),
            ("/(a*)*", "/aa", ["/aa", ""]), ("/(a*)+", "/aa", ["/aa", ""]), ("/(?:|a)*(.*)", "/aa", ["/aa", "aa"]),
            ("/((a)|b)+", "/ab", ["/ab", "b", "a"]), ("/(?i:(A))(b){0}", "/a", ["/a", "a", nil]),
            ("(?!/x)(/.)(.)", "/ab", ["/ab", "/a", "b"]),
        ]
    )
    func groups(pattern: String, path: String, found: [String?]) throws {
        let expression = try PathExpression(pattern)
        #expect(expression.groups(in: path)?.map { $0.map(String.init) } == found)
        #expect(expression.groupCount == found.count - 1)
    }

    @Test(
        "Whether it matches encoded paths at all is seen",
        arguments: [
            ("/a.*", nil), ("/\\s", "matches no path"), ("/[ab\"]", "never finds '\"', which paths have as %22"),
            ("/[\"]", "matches no path"), ("/[^\" ]+", nil), ("/[ -~]+", nil), ("/%", "matches no path"),
            ("/%zz", "matches no path"), ("/a%2", "matches no path"), ("/%c3%a9", "matches no path"), ("/é", nil),
            ("(?i)/%c3%a9", nil), ("/%41", "matches no path"), ("/%[0-9A-F]{2}", nil), ("/%2[0-9]|/x", nil),
            ("blog/.*", "matches no path"), (".*\\.zip", nil), ("", "matches no path"), ("x*^/a", nil),
            ("/^a", "matches no path"), ("(?!/a).*", nil), ("/a b", nil), ("/\\x41", nil), ("/[[:space:]]?", nil),
            ("/[a;b~]", nil), ("/[?]", "matches no path"),
            ("/a//b", "matches no path"), ("/a/+b", nil), ("/%3B", "matches no path"), ("/%2F", nil),
            ("//", "matches no path"),
        ] as [(String, String?)]
    )
    func remarks(pattern: String, expected: String?) throws {
        let remark = try PathExpression(pattern).remark
        guard let expected else {
            #expect(remark == nil)
            return
        }
        #expect(remark?.contains(expected) == true, "\(remark ?? "none")")
    }

    @Test("An encoded path has those characters that are not escaped in one")
    func paths() {
        for byte in UInt8(0)..<0x80 {
            let isKept = PercentEncoding.encode(segment: [byte]).utf8.count == 1
            #expect(ByteSet.paths.contains(byte) == (isKept || "/;%".utf8.contains(byte)))
        }
    }
}
