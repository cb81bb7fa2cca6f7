import TOML

/// A table in a form that is the same for the same values, whoever has read them: keys in order, nothing else on a line.
enum Canonical {
    static func text(_ table: TOMLTable) -> String {
        self.table(table.entries.map { ($0.key, self.text($0.node.value)) })
    }

    static func text(_ value: TOMLValue) -> String {
        switch value {
        case .string(let text): self.string(text)
        case .integer(let number): "\(number)"
        case .float(let number): self.float(number)
        case .boolean(let flag): "\(flag)"
        case .moment(let text): self.moment(text)
        case .array(let nodes): self.array(nodes.map { self.text($0.value) })
        case .table(let table): self.text(table)
        }
    }

    static func table(_ entries: [(key: String, value: String)]) -> String {
        let sorted = entries.sorted { $0.key.utf8.lexicographicallyPrecedes($1.key.utf8) }
        return "{\(sorted.map { "\(self.string($0.key)): \($0.value)" }.joined(separator: ", "))}"
    }

    static func array(_ values: [String]) -> String { "[\(values.joined(separator: ", "))]" }

    static func string(_ text: String) -> String {
        let scalars = text.unicodeScalars.map {
            (32...126).contains($0.value) ? String($0) : "<\(String($0.value, radix: 16))>"
        }
        return "'\(scalars.joined())'"
    }

    static func float(_ number: Double) -> String { number.isNaN ? "nan" : "\(number.debugDescription)" }

    /// A date or a time with `T` and `Z`, nanoseconds at most, and no zeros behind.
    static func moment(_ text: String) -> String {
        var text = text.uppercased().replacing(" ", with: "T")
        for zero in ["+00:00", "-00:00"] where text.hasSuffix(zero) { text = "\(text.dropLast(6))Z" }
        guard let point = text.firstIndex(of: ".") else { return text }
        let digits = text[text.index(after: point)...].prefix(while: \.isNumber)
        var kept = digits.prefix(9)
        while kept.last == "0" { kept.removeLast() }
        return text[..<point] + (kept.isEmpty ? "" : ".") + kept + text[digits.endIndex...]
    }
}
