import TOML
import Testing

@testable import CanaveralConfiguration

/// Every setting is documented, wherever settings are.
@Suite("Documentation of settings")
struct DocumentationTests {
    private static let tables: [TableSchema] = all(beneath: Configuration.schema)

    private static func all(beneath schema: TableSchema) -> [TableSchema] {
        [schema] + schema.settings.compactMap(\.tables).flatMap(Self.all)
    }

    @Test("canaveral.toml(5) has every setting of every table, with what it takes and its default")
    func manual() {
        func escaped(_ text: String) -> String {
            text.replacing("\\", with: "\\e").replacing("\"", with: "\\(dq").replacing("-", with: "\\-")
        }
        let items = ManualPage.text.split(separator: "\n.It Ic ").dropFirst().map { $0.replacing("\n", with: " ") }
        for setting in Self.tables.flatMap(\.settings) {
            let isThere = items.contains { item in
                item.hasPrefix(escaped("\(setting.name) ")) && item.contains(escaped("It takes \(setting.expectation)"))
                    && (setting.standard.map { item.contains(escaped("Default: \($0).")) } ?? true)
            }
            #expect(isThere, "\(setting.name)")
        }
    }

    @Test("Its lines are requests of mdoc that we know, or text that is none")
    func requests() {
        let known: Set<Substring> = [
            ".Dd", ".Dt", ".Os", ".Sh", ".Nm", ".Nd", ".Ql", ".Fl", ".Pa", ".Pp", ".Ic", ".Sx", ".Bl", ".It", ".El",
            ".Bd",
            ".Ed",
            ".Xr", ".\\\"",
        ]
        var isOpen = 0
        for line in ManualPage.text.split(separator: "\n") {
            #expect(!line.hasPrefix("'") && line.last != " ", "\(line)")
            guard line.hasPrefix(".") else { continue }
            #expect(known.contains(line.prefix { $0 != " " }), "\(line)")
            if line.hasPrefix(".Bl") || line.hasPrefix(".Bd") { isOpen += 1 }
            if line.hasPrefix(".El") || line.hasPrefix(".Ed") { isOpen -= 1 }
            #expect((0...1).contains(isOpen), "\(line)")
        }
        #expect(isOpen == 0)
    }

    @Test("check --print-defaults has every setting, with its default or an example")
    func defaults() {
        let lines = Set(DefaultsText.text.split(separator: "\n").map { $0.hasPrefix("# ") ? $0.dropFirst(2) : $0 })
        for setting in Self.tables.flatMap(\.settings) where setting.tables == nil {
            let line = "\(setting.name) = \(setting.standard ?? setting.example)"
            #expect(lines.contains(line[...]), "\(line)")
        }
    }

    @Test("The settings that are printed, every one of them taken out of its comment, are valid by themselves")
    func examples() throws {
        for schema in Self.tables {
            for setting in schema.settings where setting.tables == nil {
                for value in [setting.standard, setting.example].compactMap(\.self) {
                    #expect(throws: Never.self, "\(schema.name).\(setting.name) = \(value)") {
                        try TOMLTable(parsing: "\(setting.name) = \(value)\n")
                    }
                }
            }
        }
    }
}
