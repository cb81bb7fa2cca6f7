import TOML

/// The settings in a configuration file of molly-brown, by name; capitals do not count, as in molly-brown.
struct MollyBrownSettings {
    private let file: String
    private var settings: [String: TOMLTable.Entry] = [:]

    init(_ text: String, file: String) throws(ImportError) {
        self.file = file
        do {
            for entry in try TOMLTable(parsing: text).entries { self.settings[entry.key.lowercased()] = entry }
        } catch {
            // Without the full stop, which the error adds.
            throw .syntax(SourcePlace(file: file, line: error.line), String(error.sentence.dropLast()))
        }
    }

    /// The settings that are not among these names, in their order.
    func others(than names: [String]) -> [Located<String>] {
        let known = Set(names.map { $0.lowercased() })
        return self.settings.filter { !known.contains($0.key) }.values
            .map { Located(value: $0.key, place: self.place($0)) }
            .sorted { $0.place.line < $1.place.line }
    }

    func string(_ name: String) throws(ImportError) -> Located<String>? {
        try self.setting(name, "a string", Self.string)
    }

    func integer(_ name: String) throws(ImportError) -> Located<Int>? {
        try self.setting(name, "a whole number") { if case .integer(let number) = $0 { number } else { nil } }
    }

    func boolean(_ name: String) throws(ImportError) -> Located<Bool>? {
        try self.setting(name, "true or false") { if case .boolean(let flag) = $0 { flag } else { nil } }
    }

    func strings(_ name: String) throws(ImportError) -> Located<[String]>? {
        try self.setting(name, "a list of strings", Self.strings)
    }

    /// Strings by key, in the order of the file.
    func map(_ name: String) throws(ImportError) -> [(key: String, value: Located<String>)] {
        try self.entries(name, "a table of strings", Self.string)
    }

    /// Lists of strings by key, in the order of the file.
    func lists(_ name: String) throws(ImportError) -> [(key: String, value: Located<[String]>)] {
        try self.entries(name, "a table of lists of strings", Self.strings)
    }

    private static func string(_ value: TOMLValue) -> String? {
        if case .string(let text) = value { text } else { nil }
    }

    private static func strings(_ value: TOMLValue) -> [String]? {
        guard case .array(let nodes) = value else { return nil }
        let strings = nodes.map { Self.string($0.value) }
        return strings.contains(nil) ? nil : strings.compactMap { $0 }
    }

    private func place(_ entry: TOMLTable.Entry) -> SourcePlace {
        SourcePlace(file: self.file, line: entry.node.line)
    }

    private func setting<Value>(
        _ name: String,
        _ expectation: String,
        _ read: (TOMLValue) -> Value?
    ) throws(ImportError) -> Located<Value>? {
        guard let entry = self.settings[name.lowercased()] else { return nil }
        guard let value = read(entry.node.value) else {
            throw .syntax(self.place(entry), "\(entry.key) takes \(expectation)")
        }
        return Located(value: value, place: self.place(entry))
    }

    private func entries<Value>(
        _ name: String,
        _ expectation: String,
        _ read: (TOMLValue) -> Value?
    ) throws(ImportError) -> [(key: String, value: Located<Value>)] {
        guard let section = self.settings[name.lowercased()] else { return [] }
        guard case .table(let table) = section.node.value else {
            throw .syntax(self.place(section), "\(section.key) takes \(expectation)")
        }
        var entries: [(key: String, value: Located<Value>)] = []
        for entry in table.entries {
            guard let value = read(entry.node.value) else {
                throw .syntax(self.place(entry), "\(section.key) takes \(expectation)")
            }
            entries.append((entry.key, Located(value: value, place: self.place(entry))))
        }
        return entries.sorted { ($0.value.place.line, $0.key) < ($1.value.place.line, $1.key) }
    }
}
