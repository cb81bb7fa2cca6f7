import TOMLKit

/// toml++, as another's opinion.
enum TOMLPlusPlus {
    /// - Throws: what it has against the document.
    static func canonical(_ text: String) throws -> String {
        self.text(try TOMLTable(string: text))
    }

    /// Whether it may be asked. With assertions, it ends the process over what these expressions find; and it cuts a text at a
    /// zero character.
    static func isSound(for text: String) -> Bool {
        !Self.unsound.contains { text.contains($0) }
    }

    /// By scalars: with a combining mark, a quote is another character.
    private nonisolated(unsafe) static let unsound = [
        // A header that begins with no key.
        /(?:^|[\r\n])[ \t\x{FEFF}]*\[[ \t]*\[?[ \t]*[^ \t\[\w"'-]/,
        /(?:^|[\r\n])[ \t\x{FEFF}]*\[[ \t]*\[[ \t]*\[/,
        // A date with the beginning of a time.
        /-\d\d[Tt]\D/, /-\d\d \d[\s,\]}#]/,
        // A list with something in the place of a value that cannot begin one.
        /[\[,](?:\s|\x23[^\n]*)*(?:\}|\r(?!\n))/,
        // A zero character.
        /\\(?:u|U0000)0000/,
    ].map { $0.matchingSemantics(.unicodeScalar).asciiOnlyWordCharacters() }

    private static func text(_ table: TOMLTable) -> String {
        Canonical.table(table.keys.compactMap { key in table[key].map { (key, self.text($0.tomlValue)) } })
    }

    private static func text(_ value: TOMLValue) -> String {
        switch value.type {
        case .string: Canonical.string(value.string ?? "")
        case .int: "\(value.int ?? 0)"
        case .double: Canonical.float(value.double ?? 0)
        case .bool: "\(value.bool ?? false)"
        case .array: Canonical.array((value.array.map(Array.init) ?? []).map { self.text($0.tomlValue) })
        case .table: value.table.map(self.text) ?? "{}"
        case .date: value.date?.debugDescription ?? ""
        case .time: value.time.map(self.text) ?? ""
        case .dateTime: value.dateTime.map(self.text) ?? ""
        }
    }

    private static func text(_ time: TOMLTime) -> String { Canonical.moment(time.debugDescription) }

    private static func text(_ moment: TOMLDateTime) -> String {
        let offset = moment.offset.map { offset in
            let minutes = abs(offset.offset)
            let digits = [minutes / 60, minutes % 60].map { ($0 < 10 ? "0" : "") + String($0) }
            return Canonical.moment("\(offset.offset < 0 ? "-" : "+")\(digits.joined(separator: ":"))")
        }
        return "\(moment.date.debugDescription)T\(self.text(moment.time))\(offset ?? "")"
    }
}
