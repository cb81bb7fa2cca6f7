import Synchronization
import TOMLKit

extension ConfigurationNode {
    /// The text that was parsed last. The library never frees what it has parsed: a server that is told to read a file again
    /// which has not changed must not grow by it.
    private static let last = Mutex<(text: String, table: [String: ConfigurationNode])?>(nil)

    /// Reads a file's text.
    ///
    /// - Throws: ``ConfigurationProblem`` with the line of the first thing that is no TOML.
    static func parse(_ text: String) throws(ConfigurationProblem) -> [String: ConfigurationNode] {
        if let last = Self.last.withLock({ $0 }), last.text == text { return last.table }
        let table = try Self.parseAnew(text)
        Self.last.withLock { $0 = (text, table) }
        return table
    }

    private static func parseAnew(_ text: String) throws(ConfigurationProblem) -> [String: ConfigurationNode] {
        // The library reads up to the first of them, as C does.
        guard !text.utf8.contains(0) else {
            throw ConfigurationProblem("The file holds a zero byte, and is no text.")
        }
        if let line = SettingLines.tooDeep(in: text) {
            throw ConfigurationProblem("No key has so many parts: join no more than a hundred by dots.", line: line)
        }
        do {
            return Self.table(try TOMLTable(string: text))
        } catch let error as TOMLParseError {
            let reason = error.description.split(separator: "\n").first.map(String.init) ?? "This is no TOML"
            throw ConfigurationProblem("This is no TOML: \(reason).", line: error.source.begin.line)
        } catch {
            throw ConfigurationProblem("This is no TOML: \(error).")
        }
    }

    private static func table(_ table: TOMLTable) -> [String: ConfigurationNode] {
        var nodes: [String: ConfigurationNode] = [:]
        for key in table.keys {
            if let value = table[key] { nodes[key] = ConfigurationNode(value.tomlValue) }
        }
        return nodes
    }

    private init(_ value: TOMLValue) {
        switch value.type {
        case .string: self = .string(value.string ?? "")
        case .int: self = .integer(value.int ?? 0)
        case .double: self = .number(value.double ?? 0)
        case .bool: self = .boolean(value.bool ?? false)
        case .array: self = .array((value.array.map(Array.init) ?? []).map { ConfigurationNode($0.tomlValue) })
        case .table: self = .table(value.table.map(Self.table) ?? [:])
        case .date, .time, .dateTime: self = .moment(value.debugDescription)
        }
    }
}
