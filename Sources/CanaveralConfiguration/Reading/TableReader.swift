/// Reads the settings of one table, and reports what is wrong with them.
struct TableReader {
    private let nodes: [String: ConfigurationNode]
    let path: SettingPath
    private let schema: TableSchema
    let reader: ConfigurationReader

    /// Reports the keys that the table does not have.
    init(_ nodes: [String: ConfigurationNode], at path: SettingPath, schema: TableSchema, reader: ConfigurationReader) {
        self.nodes = nodes
        self.path = path
        self.schema = schema
        self.reader = reader
        let names = schema.settings.map(\.name)
        for key in nodes.keys.sorted() where !names.contains(key) {
            let nearest = NearestName.of(key, among: names).map { ": '\($0)' was probably meant" }
            reader.report(
                "There is no such setting\(nearest ?? "; those of \(schema.place) are \(names.joined(separator: ", "))").",
                at: path.appending(key)
            )
        }
    }

    /// The value of a setting, or `nil` where it is not set, or not as it has to be.
    subscript<Value>(setting: Setting<Value>) -> Value? {
        self.reader.note(setting.name, of: self.schema)
        guard let node = self.nodes[setting.name] else { return nil }
        let place = ValuePlace(path: self.path.appending(setting.name), reader: self.reader)
        return setting.form.read(node, place)
    }

    /// Whether a setting is there, whatever its value.
    func has<Value>(_ setting: Setting<Value>) -> Bool {
        self.nodes[setting.name] != nil
    }

    func report(
        _ sentence: String,
        at name: String? = nil,
        severity: ConfigurationProblem.Severity = .error
    ) {
        self.reader.report(sentence, at: name.map(self.path.appending) ?? self.path, severity: severity)
    }
}

/// Where a value stands that is being read.
struct ValuePlace {
    var path: SettingPath
    var reader: ConfigurationReader

    func report(_ sentence: String) {
        self.reader.report(sentence, at: self.path)
    }

    func at(_ index: Int) -> ValuePlace {
        ValuePlace(path: self.path.appending(index), reader: self.reader)
    }

    func at(_ key: String) -> ValuePlace {
        ValuePlace(path: self.path.appending(key), reader: self.reader)
    }

    /// A path of the file system, from the folder of the file where it is relative.
    func resolved(_ path: String) -> String {
        path.hasPrefix("/") || self.reader.folder.isEmpty ? path : "\(self.reader.folder)/\(path)"
    }
}
