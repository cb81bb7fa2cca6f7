import TOMLKit

/// The settings in a configuration file of molly-brown, by name; capitals do not count, as in molly-brown.
struct MollyBrownSettings {
    private let table: TOMLTable
    private let lines: TOMLKeyLines
    private let file: String
    private var keys: [String: String] = [:]

    init(_ text: String, file: String) throws(ImportError) {
        do {
            self.table = try TOMLTable(string: text)
        } catch let error as TOMLParseError {
            throw .syntax(SourcePlace(file: file, line: error.source.begin.line), "\(error.description)")
        } catch {
            throw .file(file, reason: "is no TOML (\(error))")
        }
        self.lines = TOMLKeyLines(text)
        self.file = file
        for key in self.table.keys { self.keys[key.lowercased()] = key }
    }

    /// The settings that are not among these names, in their order.
    func others(than names: [String]) -> [Located<String>] {
        let known = Set(names.map { $0.lowercased() })
        return self.keys.filter { !known.contains($0.key) }.map {
            Located(value: $0.value, place: self.place($0.value))
        }
        .sorted { $0.place.line < $1.place.line }
    }

    func string(_ name: String) throws(ImportError) -> Located<String>? {
        try self.setting(name, "a string") { $0.string }
    }

    func integer(_ name: String) throws(ImportError) -> Located<Int>? {
        try self.setting(name, "a whole number") { $0.int }
    }

    func boolean(_ name: String) throws(ImportError) -> Located<Bool>? {
        try self.setting(name, "true or false") { $0.bool }
    }

    func strings(_ name: String) throws(ImportError) -> Located<[String]>? {
        try self.setting(name, "a list of strings", Self.strings)
    }

    /// Strings by key, in the order of the file.
    func map(_ name: String) throws(ImportError) -> [(key: String, value: Located<String>)] {
        try self.entries(name, "a table of strings") { $0.string }
    }

    /// Lists of strings by key, in the order of the file.
    func lists(_ name: String) throws(ImportError) -> [(key: String, value: Located<[String]>)] {
        try self.entries(name, "a table of lists of strings", Self.strings)
    }

    private static func strings(_ value: any TOMLValueConvertible) -> [String]? {
        guard let array = value.array else { return nil }
        let strings = array.map { $0.string }
        return strings.contains(nil) ? nil : strings.compactMap { $0 }
    }

    private func place(_ key: String) -> SourcePlace {
        SourcePlace(file: self.file, line: self.lines[key] ?? 1)
    }

    private func setting<Value>(
        _ name: String,
        _ expectation: String,
        _ read: (any TOMLValueConvertible) -> Value?
    ) throws(ImportError) -> Located<Value>? {
        guard let key = self.keys[name.lowercased()], let found = self.table[key] else { return nil }
        guard let value = read(found) else { throw .syntax(self.place(key), "\(key) takes \(expectation)") }
        return Located(value: value, place: self.place(key))
    }

    private func entries<Value>(
        _ name: String,
        _ expectation: String,
        _ read: (any TOMLValueConvertible) -> Value?
    ) throws(ImportError) -> [(key: String, value: Located<Value>)] {
        guard let section = self.keys[name.lowercased()], let found = self.table[section] else { return [] }
        guard let table = found.table else { throw .syntax(self.place(section), "\(section) takes \(expectation)") }
        var entries: [(key: String, value: Located<Value>)] = []
        for key in table.keys {
            let place = SourcePlace(file: self.file, line: self.lines[section, key] ?? self.place(section).line)
            guard let value = table[key].flatMap({ read($0) }) else {
                throw .syntax(place, "\(section) takes \(expectation)")
            }
            entries.append((key, Located(value: value, place: place)))
        }
        return entries.sorted { ($0.value.place.line, $0.key) < ($1.value.place.line, $1.key) }
    }
}
