import Testing

@testable import Canaveral

@Suite("Regular expressions that are refused")
struct PathExpressionRefusalTests {
    @Test(
        "What is refused is named with its place, and what to write instead",
        arguments: [
            ("/(a)\\1", "'\\1' at character 5 is a back-reference, which is not supported: write out what it may be"),
            (
                "/(?<a>b)\\k<a>",
                "'\\k' at character 9 is a back-reference, which is not supported: write out what it may be"
            ),
            (
                "/a(?<=b)c",
                "'(?<=' at character 3 is look-behind, which is not supported: write what comes before as a part of the expression"
            ),
            (
                "/a(?<!b)c",
                "'(?<!' at character 3 is look-behind, which is not supported: write what comes before as a part of the expression"
            ),
            ("/(?!a)b", "the look-ahead at character 2 is not at the start, where alone it may be: move it there"),
            ("(?:a|b)(?=c)", "the look-ahead at character 8 is not at the start, where alone it may be: move it there"),
            ("(?!(?!a)b)c", "the look-ahead at character 4 is not at the start, where alone it may be: move it there"),
            ("((?!a)b)*", "the look-ahead at character 1 is repeated: write it once, at the start of the expression"),
            ("(?!(a))b", "the group at character 4 finds nothing, since it is in a look-ahead: write (?:...)"),
            (
                "/a++",
                "'++' at character 3 is a possessive repetition, which is not supported: leave out the '+', without which no match takes long"
            ),
            (
                "/(?>a)",
                "'(?>' at character 2 is an atomic group, which is not supported: write (?:...), which never takes long"
            ),
            (
                "/(?P=a)",
                "'(?P=' at character 2 is a reference to a group, which is not supported: write out what it may be"
            ),
            (
                "(?m)/a",
                "'(?m' at character 1 is none of the groups known here, which is not supported: write (...), (?:...) or (?i)"
            ),
            ("/(?<1>b)", "the name at character 5 is none: write letters, digits and '_', and '>' behind them"),
            ("/(?<a>b)(?<a>c)", "two groups have the name 'a': give each its own, or none"),
            ("/a**", "what is repeated twice at character 4 needs a group: write (?:...) around it"),
            ("/a{1000}{1000}", "what is repeated twice at character 9 needs a group: write (?:...) around it"),
            ("*.gmi", "'*' at character 1 follows nothing that it could repeat: write \\* for the character"),
            ("/{user}/.*", "'{' at character 2 begins no count such as {2,3}: write \\{ for the character"),
            ("/a{3,2}", "the count at character 3 ends before it begins: write {2,3}"),
            ("/a{1001}", "the count at character 3 is over 1000: write a lower one, or none"),
            ("/a{99999999999999999999}", "the count at character 3 is over 1000: write a lower one, or none"),
            ("/(a", "'(' at character 2 is not closed: write \\( for the character"),
            ("/(?i", "'(' at character 2 is not closed: write \\( for the character"),
            ("/a)", "')' at character 3 closes no group: write \\) for the character"),
            ("/[ab", "'[' at character 2 is not closed: write \\[ for the character"),
            ("/[]", "'[' at character 2 is not closed: write \\[ for the character"),
            ("/[a-", "'[' at character 2 is not closed: write \\[ for the character"),
            ("/[b-a]", "the range at character 3 ends before it begins: turn it round"),
            ("/[a-\\d]", "the range at character 3 ends with a class: write \\- for the character"),
            (
                "/[a[bc]]",
                "'[' at character 4 is a class made of classes, which is not supported: write one class, with \\ before what is a character"
            ),
            (
                "/[a&&b]",
                "'&&' at character 4 is a class made of classes, which is not supported: write one class, with \\ before what is a character"
            ),
            (
                "/[[:vowel:]]",
                "'[:' at character 3 begins the name of no class that is known: write \\[ for the character"
            ),
            ("/[aä]", "'ä' at character 4 is several bytes of a path, and a class is for one: write (?:a|ä)"),
            ("/\\", "'\\' at the end escapes nothing: write \\\\ for the character"),
            ("/\\p{L}", "'\\p' at character 2 means nothing here: write the character or its class"),
            (
                "/\\xE4",
                "'\\x' at character 2 is no ASCII character: write two hexadecimal digits up to 7F, or the character itself"
            ),
            (
                "/\\x4",
                "'\\x' at character 2 is no ASCII character: write two hexadecimal digits up to 7F, or the character itself"
            ),
            ("(?:a{1000}){1000}", Self.tooLarge), ("(?:(?:(?:){1000}){1000}){1000}", Self.tooLarge),
            ("[ab]{1000}[ab]{1000}", Self.tooLarge),
        ]
    )
    func refusals(pattern: String, reason: String) {
        #expect(throws: PathExpressionError(pattern, reason)) { try PathExpression(pattern) }
        #expect(
            PathExpressionError(pattern, reason).description
                == "The regular expression '\(pattern)' cannot be used: \(reason)."
        )
    }

    private static let tooLarge = "it is too large, once repetitions are written out: repeat less, or write several"

    @Test("Ten thousand of anything are refused at once, or read at once, in little stack")
    func many() throws {
        func many(_ text: String) -> String { String(repeating: text, count: 10_000) }
        #expect(
            throws: PathExpressionError(
                many("(") + many(")"),
                "the group at character 51 is within 50 others: leave out those that are not needed"
            )
        ) { try PathExpression(many("(") + many(")")) }
        for pattern in [
            many("("), many("(?:"), many("(?!"), many("()"), many("a|"), many("a*"), many("[a]"), many("(?i:"),
            many("{1}"),
            "a" + many("{1}"), many("(?=a)") + many("b?"),
        ] {
            #expect(throws: PathExpressionError.self) { try PathExpression(pattern) }
        }
        #expect(try PathExpression(many("(?i)") + "/A").matches("/a"))
        #expect(throws: PathExpressionError.self) { try PathExpression(many("a")) }
        #expect(
            try PathExpression((0..<500).map { "(?!/~user\($0)/cgi-bin/)" }.joined() + ".*\\.xml").matches("/a.xml")
        )
    }

    @Test("A redirect's error says why its pattern cannot be used")
    func redirect() {
        #expect(
            throws: RedirectError.pattern(
                "/(a)\\1",
                reason: "'\\1' at character 5 is a back-reference, which is not supported: write out what it may be"
            )
        ) {
            try RedirectRule(matching: "/(a)\\1", to: "/$1")
        }
        #expect(
            RedirectError.pattern("/a)", reason: "R").description
                == "The pattern '/a)' of a redirect cannot be used: R."
        )
    }
}
