import Testing

@testable import CanaveralConfiguration

/// Every setting is documented, wherever settings are.
@Suite("Documentation of settings")
struct DocumentationTests {
    private static let tables: [TableSchema] = all(beneath: Configuration.schema)

    private static func all(beneath schema: TableSchema) -> [TableSchema] {
        [schema] + schema.settings.compactMap(\.tables).flatMap(Self.all)
    }

    @Test("canaveral.toml(5) has every setting, in the section of its table, with its default and what it takes")
    func manual() throws {
        let page = ManualPage.text(version: "1.2.3", date: "November 21, 2026")
        let sections = page.split(separator: "\n.Sh ").dropFirst()
        func escaped(_ text: String) -> String {
            text.replacing("\\", with: "\\e").replacing("\"", with: "\\(dq").replacing("-", with: "\\-")
        }
        for table in Self.tables {
            let title = table.name.isEmpty ? "THE TOP OF THE FILE" : table.name.uppercased()
            let section = try #require(sections.first { $0.hasPrefix("\(title)\n") }, "\(title)")
            let items = section.split(separator: "\n.It Ic ").dropFirst()
            #expect(items.map { $0.prefix { $0 != "\n" } } == table.settings.map { $0.name[...] }, "\(title)")
            for (item, setting) in zip(items, table.settings) {
                let text = item.replacing("\n", with: " ")
                #expect(text.contains(escaped("It takes \(setting.expectation)")), "\(setting.name): \(text)")
                if let standard = setting.standard {
                    #expect(text.contains(escaped("Default: \(standard).")), "\(setting.name)")
                }
            }
        }
    }

    @Test("Its lines are requests of mdoc that we know, or text that is none")
    func requests() {
        let known: Set<Substring> = [
            ".Dd", ".Dt", ".Os", ".Sh", ".Nm", ".Nd", ".Ql", ".Fl", ".Pa", ".Pp", ".Ic", ".Bl", ".It", ".El", ".Bd",
            ".Ed",
            ".Xr", ".\\\"",
        ]
        var isOpen = 0
        for line in ManualPage.text(version: "1.2.3", date: "November 21, 2026").split(separator: "\n") {
            #expect(!line.hasPrefix("'") && line.last != " ", "\(line)")
            guard line.hasPrefix(".") else { continue }
            #expect(known.contains(line.prefix { $0 != " " }), "\(line)")
            if line.hasPrefix(".Bl") || line.hasPrefix(".Bd") { isOpen += 1 }
            if line.hasPrefix(".El") || line.hasPrefix(".Ed") { isOpen -= 1 }
            #expect((0...1).contains(isOpen), "\(line)")
        }
        #expect(isOpen == 0)
    }

    @Test("check --print-defaults has every setting once in each of its tables, with its default or an example")
    func defaults() {
        var lines: [String: [String]] = [:]
        var table = ""
        for line in DefaultsText.text.split(separator: "\n") {
            let text = line.hasPrefix("# ") ? line.dropFirst(2) : line
            if let header = text.wholeMatch(of: #/\[+([a-z.\-]+)\]+/#) {
                table = String(header.1)
            } else if text.contains(#/^[a-z\-]+ = /#) {
                lines[table, default: []].append(String(text))
            }
        }
        for schema in Self.tables {
            let expected = schema.settings.filter { $0.tables == nil }
                .map { "\($0.name) = \($0.standard ?? $0.example)" }
            #expect(lines[schema.name, default: []] == expected, "\(schema.name)")
        }
    }

    @Test("The settings that are printed, every one of them taken out of its comment, are valid by themselves")
    func examples() throws {
        for schema in Self.tables {
            for setting in schema.settings where setting.tables == nil {
                for value in [setting.standard, setting.example].compactMap(\.self) {
                    #expect(throws: Never.self, "\(schema.name).\(setting.name) = \(value)") {
                        try ConfigurationNode.parse("\(setting.name) = \(value)\n")
                    }
                }
            }
        }
    }
}
