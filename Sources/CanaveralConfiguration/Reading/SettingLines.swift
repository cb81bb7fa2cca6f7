import TOML

/// The lines at which a table sets its keys, for what is said of these later. Two tables that say the same are equal wherever
/// they say it, so that lines take no part in comparisons.
package struct SettingLines: Hashable, Sendable {
    private var lines: [String: Int] = [:]

    init(_ table: TOMLTable? = nil) {
        for entry in table?.entries ?? [] { self.lines[entry.key] = entry.node.line }
    }

    /// From 1; `nil` where the table does not set the key, or is in no file.
    package subscript(key: String) -> Int? {
        self.lines[key]
    }

    package static func == (one: SettingLines, other: SettingLines) -> Bool { true }

    package func hash(into hasher: inout Hasher) {}
}
