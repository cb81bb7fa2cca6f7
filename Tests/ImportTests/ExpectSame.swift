import CanaveralConfiguration
import TOML
import Testing

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
    expectSame(document.top, as: try TOMLTable(parsing: text), "", sourceLocation)
}

private func expectSame(
    _ table: ConfigurationDocument.Table,
    as parsed: TOMLTable,
    _ path: String,
    _ sourceLocation: SourceLocation
) {
    let names = Set(table.settings.map(\.key) + table.children.map(\.name))
    #expect(Set(parsed.entries.map(\.key)) == names, "in '\(path)'", sourceLocation: sourceLocation)
    for setting in table.settings {
        #expect(
            parsed[setting.key].flatMap { value($0.value) } == setting.value.unordered,
            "\(path).\(setting.key)",
            sourceLocation: sourceLocation
        )
    }
    for name in Set(table.children.map(\.name)) {
        let children = table.children.filter { $0.name == name }
        let found: [TOMLNode] =
            if children.contains(where: \.isElement), case .array(let nodes)? = parsed[name]?.value {
                nodes
            } else {
                parsed[name].map { [$0] } ?? []
            }
        guard found.count == children.count else {
            Issue.record("\(path).\(name) has not \(children.count) tables", sourceLocation: sourceLocation)
            continue
        }
        for (child, node) in zip(children, found) {
            guard case .table(let table) = node.value else {
                Issue.record("\(path).\(name) is no table", sourceLocation: sourceLocation)
                continue
            }
            expectSame(child.table, as: table, "\(path).\(name)", sourceLocation)
        }
    }
}

/// A parsed value as a document has it, with tables by the order of their keys.
private func value(_ parsed: TOMLValue) -> ConfigurationDocument.Value? {
    switch parsed {
    case .string(let string): .string(string)
    case .boolean(let flag): .boolean(flag)
    case .integer(let number): .integer(number)
    case .array(let nodes): .array(nodes.compactMap { value($0.value) })
    case .table(let table):
        .table(
            table.entries.sorted { $0.key < $1.key }.compactMap { entry in
                value(entry.node.value).map { .init(entry.key, $0) }
            }
        )
    case .float, .moment: nil
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
