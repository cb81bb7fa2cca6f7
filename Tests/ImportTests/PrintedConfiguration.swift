import CanaveralConfiguration
import TOMLKit
import Testing

/// What an import printed, as whoever reads canaveral.toml sees it.
struct PrintedConfiguration {
    let table: TOMLTable

    /// - Throws: what is wrong with the text.
    init(_ text: String) throws {
        self.table = try TOMLTable(string: text)
    }
}

/// Checks that the text is a configuration that `canaveral serve --config` takes, without a word to say about it.
///
/// What it points to is not looked at.
func expectServable(_ text: String, sourceLocation: SourceLocation = #_sourceLocation) {
    do throws(InvalidConfiguration) {
        let warnings = try Configuration.parse(text).warnings
        #expect(warnings.isEmpty, sourceLocation: sourceLocation)
    } catch {
        Issue.record("\(error.problems.map(\.description))", sourceLocation: sourceLocation)
    }
}

/// Checks that the text is TOML with the same values as the document, setting by setting.
func expectSame(
    _ document: ConfigurationDocument,
    as text: String,
    sourceLocation: SourceLocation = #_sourceLocation
) throws {
    let parsed = try PrintedConfiguration(text).table
    expectSame(document.top, as: parsed, "", sourceLocation)
}

private func expectSame(
    _ table: ConfigurationDocument.Table,
    as parsed: TOMLTable,
    _ path: String,
    _ sourceLocation: SourceLocation
) {
    let names = Set(table.settings.map(\.key) + table.children.map(\.name))
    #expect(Set(parsed.keys) == names, "in '\(path)'", sourceLocation: sourceLocation)
    for setting in table.settings {
        #expect(
            parsed[setting.key].flatMap { value($0) } == setting.value.unordered,
            "\(path).\(setting.key)",
            sourceLocation: sourceLocation
        )
    }
    for name in Set(table.children.map(\.name)) {
        let children = table.children.filter { $0.name == name }
        let found = children.contains { $0.isElement } ? parsed[name]?.array?.map(\.table) : [parsed[name]?.table]
        guard let found, found.count == children.count else {
            Issue.record("\(path).\(name) has not \(children.count) tables", sourceLocation: sourceLocation)
            continue
        }
        for (child, table) in zip(children, found) {
            guard let table else { continue }
            expectSame(child.table, as: table, "\(path).\(name)", sourceLocation)
        }
    }
}

/// A parsed value as a document has it, with tables by the order of their keys.
private func value(_ parsed: any TOMLValueConvertible) -> ConfigurationDocument.Value? {
    if let string = parsed.string { return .string(string) }
    if let flag = parsed.bool { return .boolean(flag) }
    if let number = parsed.int { return .integer(number) }
    if let array = parsed.array { return .array(array.compactMap { value($0) }) }
    return parsed.table.map { table in
        .table(table.keys.sorted().compactMap { key in table[key].flatMap { value($0) }.map { .init(key, $0) } })
    }
}

extension ConfigurationDocument.Value {
    fileprivate var unordered: ConfigurationDocument.Value {
        switch self {
        case .array(let values): .array(values.map(\.unordered))
        case .table(let members):
            .table(members.sorted { $0.key < $1.key }.map { .init($0.key, $0.value.unordered) })
        case .string, .boolean, .integer: self
        }
    }
}
