import TOML
import Testing

/// Documents as a whole, by the headings of the specification of TOML 1.0.0.
@Suite("TOML: keys and tables")
struct DocumentTests {
    private func values(_ text: String) throws -> String {
        Canonical.text(try TOMLTable(parsing: text))
    }

    @Test(
        "Comment, and the ends of lines",
        arguments: [
            ("", "{}"), ("\n", "{}"), ("# c", "{}"), ("# c\r\n\r\n", "{}"), (" \t", "{}"), ("#\t\u{80}é🚀\n", "{}"),
            ("a = 1 # = 2\n#", "{'a': 1}"),
            ("a = '#'#c", "{'a': '#'}"), ("a=1\r\nb=2", "{'a': 1, 'b': 2}"), ("\u{FEFF}a = 1", "{'a': 1}"),
            ("\u{FEFF}", "{}"), ("\u{FEFF}# c", "{}"),
        ]
    )
    func comments(text: String, values: String) throws {
        #expect(try self.values(text) == values)
    }

    @Test(
        "Keys",
        arguments: [
            ("a-b_C9 = 1", "{'a-b_C9': 1}"), ("1234 = 1", "{'1234': 1}"), ("- = 1\n_ = 2", "{'-': 1, '_': 2}"),
            ("\"a b\" = 1", "{'a b': 1}"),
            ("'a \"b' = 1", "{'a \"b': 1}"), ("\"\" = 1", "{'': 1}"), ("'' = 1", "{'': 1}"),
            ("\"\\u00e9\\n\" = 1", "{'<e9><a>': 1}"),
            ("a.b = 1\na.c = 2", "{'a': {'b': 1, 'c': 2}}"), ("a . \"b.c\"\t.\t'd' = 1", "{'a': {'b.c': {'d': 1}}}"),
            ("3.14 = 1", "{'3': {'14': 1}}"),
            ("a.x = 1\nb.x = 2\na.y = 3", "{'a': {'x': 1, 'y': 3}, 'b': {'x': 2}}"),
            ("true = 1\ninf = 2\n1979-05-27 = 3", "{'1979-05-27': 3, 'inf': 2, 'true': 1}"),
            ("  a  =  1  ", "{'a': 1}"), ("'a.b' = 1\na.b = 2", "{'a': {'b': 2}, 'a.b': 1}"),
            ("\"..\" = 1", "{'..': 1}"),
            // Of the same look, but not of the same bytes.
            ("\"\u{E9}\" = 1\n\"e\u{301}\" = 2", "{'e<301>': 2, '<e9>': 1}"),
            ("\"\\u0000\" = 1\n\"\" = 2", "{'': 2, '<0>': 1}"),
        ]
    )
    func keys(text: String, values: String) throws {
        #expect(try self.values(text) == values)
    }

    @Test(
        "Table",
        arguments: [
            ("[a]", "{'a': {}}"), ("[a]\nb = 1\n[c]\nb = 2", "{'a': {'b': 1}, 'c': {'b': 2}}"),
            ("[ a . 'b c' ]\t# c", "{'a': {'b c': {}}}"), ("  [a]\n  b = 1", "{'a': {'b': 1}}"),
            ("[a.b.c]\n[a]\nd = 1", "{'a': {'b': {'c': {}}, 'd': 1}}"),
            ("[a.b]\n[c]\n[a.d]", "{'a': {'b': {}, 'd': {}}, 'c': {}}"), ("[\"\"]\na = 1", "{'': {'a': 1}}"),
            ("a.b = 1\n[a.c]\nd = 2", "{'a': {'b': 1, 'c': {'d': 2}}}"),
            ("[f]\na.c = 1\na.t.s = true\n[f.a.x]\ny = 1", "{'f': {'a': {'c': 1, 't': {'s': true}, 'x': {'y': 1}}}}"),
            ("[a.b]\n[a]\nb2 = 1\n[a.c]", "{'a': {'b': {}, 'b2': 1, 'c': {}}}"),
            ("[a.b.c]\n[a]\nb.d = 1", "{'a': {'b': {'c': {}, 'd': 1}}}"),
            ("[a]\nb.c.d = 1\nb.c.e = 2\nb.f = 3", "{'a': {'b': {'c': {'d': 1, 'e': 2}, 'f': 3}}}"),
            ("top = 1\n[a]", "{'a': {}, 'top': 1}"),
            ("['a.b']\n[a.b]", "{'a': {'b': {}}, 'a.b': {}}"), ("[a.a.a]\n[a.a]\n[a]", "{'a': {'a': {'a': {}}}}"),
        ]
    )
    func tables(text: String, values: String) throws {
        #expect(try self.values(text) == values)
    }

    @Test(
        "Array of tables",
        arguments: [
            ("[[a]]\nb = 1\n[[a]]\n[[a]]\nb = 3", "{'a': [{'b': 1}, {}, {'b': 3}]}"), ("[[ a ]]#c", "{'a': [{}]}"),
            (
                "[[f]]\nn = 1\n[f.p]\nc = 1\n[[f.v]]\nn = 2\n[[f.v]]\nn = 3\n[[f]]\n[[f.v]]",
                "{'f': [{'n': 1, 'p': {'c': 1}, 'v': [{'n': 2}, {'n': 3}]}, {'v': [{}]}]}"
            ),
            ("[[a.b]]\n[a]\nc = 1\n[[a.b]]", "{'a': {'b': [{}, {}], 'c': 1}}"),
            ("[[a.b]]\n[a.b.c]\n[[a.b]]\n[a.b.c]", "{'a': {'b': [{'c': {}}, {'c': {}}]}}"),
            ("[[a]]\nb.c = 1\n[[a]]\nb.c = 2", "{'a': [{'b': {'c': 1}}, {'b': {'c': 2}}]}"),
            ("[a]\n[[a.b]]\n[[a.c.d]]", "{'a': {'b': [{}], 'c': {'d': [{}]}}}"),
        ]
    )
    func arraysOfTables(text: String, values: String) throws {
        #expect(try self.values(text) == values)
    }

    @Test("Keys and tables come in the order in which they first appear")
    func order() throws {
        let table = try TOMLTable(parsing: "z = 1\n[y.b]\n[x]\n[y.a]\n[[w]]")
        #expect(table.entries.map(\.key) == ["z", "y", "x", "w"])
        guard case .table(let inner)? = table["y"]?.value else {
            Issue.record("y is no table")
            return
        }
        #expect(inner.entries.map(\.key) == ["b", "a"] && inner["c"] == nil)
    }
}
