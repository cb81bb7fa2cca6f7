import TOML

/// Reads the settings of one table, and reports what is wrong with them.
struct TableReader {
    private let table: TOMLTable
    let place: ValuePlace
    private let schema: TableSchema

    /// The keys that a table does not have and that are told of one by one.
    private static let mostUnknown = 24

    /// Reports the keys that the table does not have.
    init(_ table: TOMLTable, at place: ValuePlace, schema: TableSchema) {
        self.table = table
        self.place = place
        self.schema = schema
        let names = schema.settings.map(\.name)
        let unknown = table.entries.filter { !names.contains($0.key) }
        for entry in unknown.prefix(Self.mostUnknown) {
            let meant =
                ForeignNames.meaning(of: entry.key, in: schema)
                ?? NearestName.of(entry.key, among: names).map { "'\($0)'" }
            let nearest = meant.map { ": \($0) was probably meant" }
            self.report(
                "There is no such setting\(nearest ?? "; those of \(schema.place) are \(names.joined(separator: ", "))").",
                at: entry.key
            )
        }
        if unknown.count > Self.mostUnknown {
            self.report("There are \(unknown.count - Self.mostUnknown) more settings here that do not exist.")
        }
    }

    /// The value of a setting, or `nil` where it is not set, or not as it has to be.
    subscript<Value>(setting: Setting<Value>) -> Value? {
        self.place.reader.note(setting.name, of: self.schema)
        guard let node = self.table[setting.name] else { return nil }
        return setting.form.read(node, self.place(of: setting.name))
    }

    /// Where the settings are that are there.
    var lines: SettingLines { SettingLines(self.table) }

    /// Whether a setting is there, whatever its value.
    func has<Value>(_ setting: Setting<Value>) -> Bool {
        self.table[setting.name] != nil
    }

    func report(
        _ sentence: String,
        at name: String? = nil,
        severity: ConfigurationProblem.Severity = .error
    ) {
        (name.map(self.place(of:)) ?? self.place).report(sentence, severity: severity)
    }

    /// What is not there is missed on the table's own line.
    private func place(of name: String) -> ValuePlace {
        self.place.at(name, line: self.table[name]?.line ?? self.place.line)
    }
}
