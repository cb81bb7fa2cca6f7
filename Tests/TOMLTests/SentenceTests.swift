import TOML
import Testing

@Suite("TOML: what is said of what is none")
struct SentenceTests {
    @Test(
        "An error names the thing, and what to do",
        arguments: [
            (#"a = "b"#, #"A text must end on the line where it begins: close it with "."#),
            ("a = '''b", "A text of several lines has no end: close it with '''."),
            (
                #"a = "C:\dir""#,
                "A backslash with 'd' is no escape: write \\\\ for a backslash, or the text in single quotes."
            ),
            ("a = \"\\u12\"", "\\u12 has fewer than 4 digits: add zeros in front."),
            ("a = \"\\uD800\"", "\\uD800 is no character: write the number of one."),
            ("a = \"\u{0}\"", "U+0000 cannot stand in a text: write \\u0000."),
            ("a = '\u{1B}'", "U+001B cannot stand in a text: write \\u001B in double quotes."),
            ("# \u{1B}", "U+001B cannot stand in a comment: take it out."),
            ("a = example.org", "'example.org' is no value: put a text in quotes."),
            ("a = ::1", "'::1' is no value: put a text in quotes."),
            ("a = 10s", "'10s' is no number: put a text in quotes."),
            ("a = 192.0.2.1", "'192.0.2.1' is no number: put a text in quotes."),
            ("a = 0755", "'0755' is no number: leave out the zeros in front."),
            ("a = 1__0", "'1__0' is no number: underscores stand between digits alone."),
            ("a = 1.", "'1.' is no number: write digits on both sides of the dot."),
            (".5 = .5", "A key is missing in front of '.': name one."),
            ("a = .5", "'.5' is no number: write digits on both sides of the dot."),
            ("a = -0x10", "'-0x10' is no number: leave out its sign."),
            (
                "a = 9223372036854775808",
                "'9223372036854775808' is no number that 64 bits can hold: write one nearer to zero."
            ),
            ("a = 1e999", "'1e999' is no number that 64 bits can hold: write one nearer to zero."),
            (
                "a = 2023-02-29",
                "'2023-02-29' is no date or time: write it as 1979-05-27T07:32:00Z, 1979-05-27 or 07:32:00, or put a text in quotes."
            ),
            ("a = \"b\";", "A value ends with its line: take the ';' out."),
            ("a = true;", "A value ends with its line: take the ';' out."),
            ("a = 1 // b", "A comment begins with #, not with '/'."),
            ("// b", "A comment begins with #, not with '/'."),
            ("/* b */", "A comment begins with #, not with '/'."),
            ("; b", "A comment begins with #, not with ';'."),
            ("a = “b”", "'“b”' is no value: put a text in straight quotes, \" or '."),
            ("a = True", "'True' is no value: write true, in lower case."),
            ("a = yes", "'yes' is no value: write true, in lower case."),
            ("a = Off", "'Off' is no value: write false, in lower case."),
            ("a = null", "'null' is no value: leave the setting out."),
            (
                "[a]]",
                "A table's header has as many brackets at its end as at its beginning: take this one out, or write [[ in front of the name to have a list of tables."
            ),
            ("a = # c", "A value is missing in front of '#': write one."),
            ("a =", "A value is missing in front of the end of the file: write one."),
            ("a b = 1", "A key is followed by = and a value, not by 'b': write 'a' = and its value."),
            ("= 1", "A key is missing in front of '=': name one."),
            ("é = 1", "A key cannot begin with 'é': put it in quotes."),
            ("a = 1 b = 2", "A value ends its line: write 'b' on a line of its own, or take it out."),
            ("[a] b = 1", "A table's header ends its line: write 'b' on a line of its own, or take it out."),
            ("[a b]", "A table's header ends with ], not 'b': close it, or put the name in quotes."),
            ("[[a]", "A table's header ends with ]], not the end of the file: close it, or put the name in quotes."),
            ("a = [1", "A list has no end: close it with ]."),
            (
                "a = [\n1\n2]",
                "The values of a list have commas between them: write one in front of '2', or close the list with ]."
            ),
            (
                "a = {b = 1 c = 2}",
                "The keys of a table have commas between them: write one in front of 'c', or close the table with }."
            ),
            ("a = {b = 1,}", "A table in braces has no comma behind its last value: take it out."),
            (
                "a = {\nb = 1}",
                "A table in braces goes on in no other line: close it with }, or write it as a table with a header."
            ),
            ("a = 1\n\na = 2", "'a' is there already, on line 1: take one of the two out."),
            ("a.\"b c\" = 1\na.'b c' = 2", "'a.\"b c\"' is there already, on line 1: take one of the two out."),
            (
                "[a]\n[b]\n[a]",
                "'a' is there already, on line 1: put all of it under one header, or write [[ and ]] around both to have a list of tables."
            ),
            (
                "[[a]]\n[a]",
                "'a' is there already, on line 1, as a list of tables: write [[ and ]] around it to add one."
            ),
            (
                "[a]\n[[a]]",
                "'a' is there already, on line 1, as one table: write [[ and ]] around its name there too."
            ),
            (
                "[[a.b]]\n[[a]]",
                "What is in 'a' begins on line 1 already: put it below the [[a]] that it is for."
            ),
            ("a = {}\n[a]", "'a' is there already, on line 1: add to it there, or take one of the two out."),
            (
                "\na = 1\n[a.b]",
                "'a' has its whole value on line 2: add to it there, or name one of the two otherwise."
            ),
            (
                "a = {}\na.b = 1",
                "'a' is there already, on line 1, with its whole value: add to it there, or take one of the two out."
            ),
            (
                "a = [{}]\n[[a]]",
                "'a' is there already, on line 1, with its whole value: add to it there, or take one of the two out."
            ),
            ("[a.b]\n[a]\nb.c = 1", "'b' is there already, on line 1, under a header: add to it there."),
        ]
    )
    func sentences(text: String, sentence: String) {
        let error = #expect(throws: TOMLError.self) { try TOMLTable(parsing: text) }
        #expect(error?.sentence == sentence)
    }

    @Test("What steers a terminal is spelled out, and what is long is cut")
    func harmless() {
        let error = #expect(throws: TOMLError.self) { try TOMLTable(parsing: "a = b\u{9B}2J\u{202E}") }
        #expect(error?.sentence == "'b\\u{9B}2J\\u{202E}' is no value: put a text in quotes.")
        let long = #expect(throws: TOMLError.self) {
            try TOMLTable(parsing: "a = \(String(repeating: "b", count: 100_000))")
        }
        #expect((long?.sentence.count ?? 1000) < 150)
    }
}
