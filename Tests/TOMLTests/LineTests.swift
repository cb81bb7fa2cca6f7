import TOML
import Testing

@Suite("TOML: lines")
struct LineTests {
    /// `path: line` of everything in a table, in its order.
    private func lines(_ table: TOMLTable, _ path: String = "") -> [String] {
        table.entries.flatMap { self.lines($0.node, path.isEmpty ? $0.key : "\(path).\($0.key)") }
    }

    private func lines(_ node: TOMLNode, _ path: String) -> [String] {
        let own = "\(path): \(node.line)"
        switch node.value {
        case .table(let table): return [own] + self.lines(table, path)
        case .array(let nodes): return [own] + nodes.enumerated().flatMap { self.lines($1, "\(path)[\($0)]") }
        default: return [own]
        }
    }

    @Test("Every key, table and value of a list knows its line")
    func everything() throws {
        let text = """
            a = 1
            b.c = \"\"\"
            [no]
            header = 1\"\"\"
            d = [ # none
              '''
            x''', 2,

              { e = [
              3 ] },
            ]
            [f.g]
            h = 1
            [[f.i]]
            j.k = 1
            j.l = 1
            [[f.i]]
            [f]
            m = 1
            """
        let expected = [
            "a: 1", "b: 2", "b.c: 2", "d: 5", "d[0]: 6", "d[1]: 7", "d[2]: 9", "d[2].e: 9", "d[2].e[0]: 10",
            // Of a table it is the line of its own header, wherever that stands.
            "f: 18", "f.g: 12", "f.g.h: 13", "f.i: 14", "f.i[0]: 14", "f.i[0].j: 15", "f.i[0].j.k: 15",
            "f.i[0].j.l: 16",
            "f.i[1]: 17", "f.m: 19",
        ]
        for newline in ["\n", "\r\n"] {
            let text = text.replacing("\n", with: newline)
            #expect(try self.lines(TOMLTable(parsing: text)) == expected)
            #expect(try self.lines(TOMLTable(parsing: "\u{FEFF}" + text)) == expected)
        }
    }

    @Test("A table without a header is where a name first leads into it")
    func implied() throws {
        #expect(try self.lines(TOMLTable(parsing: "\n[a.b]\n[a.c]")) == ["a: 2", "a.b: 2", "a.c: 3"])
    }

    @Test("A column is counted in characters")
    func columns() {
        for (text, column) in [("é🚀 = x", 1), ("'é🚀' = x", 8), ("'e\u{301}' = x", 8), ("\t= 1", 2), ("a = x", 5)] {
            let error = #expect(throws: TOMLError.self) { try TOMLTable(parsing: "# é\r\n\(text)") }
            #expect(error?.line == 2 && error?.column == column, "\(text)")
        }
        let error = #expect(throws: TOMLError.self) { try TOMLTable(parsing: "\u{FEFF}a = x") }
        #expect(error?.line == 1 && error?.column == 5)
    }
}
