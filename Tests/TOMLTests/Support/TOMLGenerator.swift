import TestSupport

/// Documents out of pieces that go together often enough, and often not.
struct TOMLGenerator {
    private var random: SeededGenerator

    init(seed: Int) {
        self.random = SeededGenerator(state: UInt64(seed))
    }

    mutating func document() -> String {
        var lines: [String] = []
        for _ in 0..<Int.random(in: 1...8, using: &self.random) {
            switch Int.random(in: 0...9, using: &self.random) {
            case 0, 1: lines.append("[\(self.key())]")
            case 2: lines.append("[[\(self.key())]]")
            case 3: lines.append(self.pick(["", "# c", " \t", "#é", "#\t"]))
            default: lines.append("\(self.key())\(self.pick(["=", " = ", "\t=\t"]))\(self.value(depth: 0))")
            }
            if self.isLucky(8) { lines[lines.count - 1] += self.pick([" # c", "  ", "\t", " # \u{E9}", " x", ","]) }
        }
        return lines.joined(separator: self.isLucky(6) ? "\r\n" : "\n") + self.pick(["", "\n"])
    }

    /// A document with some of its characters replaced, taken out or put in.
    mutating func mutated(_ document: String) -> String {
        var scalars = Array(document.unicodeScalars)
        for _ in 0..<Int.random(in: 1...3, using: &self.random) where !scalars.isEmpty {
            let index = Int.random(in: scalars.indices, using: &self.random)
            let piece = Array(self.pick(Self.pieces).unicodeScalars)
            switch Int.random(in: 0...3, using: &self.random) {
            case 0: scalars.remove(at: index)
            case 1: scalars.replaceSubrange(index...index, with: piece)
            case 2: scalars.removeSubrange(index..<min(scalars.count, index + 4))
            default: scalars.insert(contentsOf: piece, at: index)
            }
        }
        return String(String.UnicodeScalarView(scalars))
    }

    private mutating func key() -> String {
        (0..<self.pick([1, 1, 1, 2, 2, 3])).map { _ in self.pick(Self.names) }
            .joined(separator: self.isLucky(8) ? " . " : ".")
    }

    private mutating func value(depth: Int) -> String {
        guard depth < 4, self.isLucky(3) else {
            return self.pick(self.isLucky(20) ? Self.doubtful : Self.values)
        }
        let count = Int.random(in: 0...3, using: &self.random)
        if self.isLucky(2) {
            let separator = self.pick([",", ", ", " ,\n", ", # c\n", ",\r\n"])
            let values = (0..<count).map { _ in self.value(depth: depth + 1) }.joined(separator: separator)
            return "[\(values)\(self.isLucky(4) ? "," : "")\(self.isLucky(4) ? "\n" : "")]"
        }
        let pairs = (0..<count).map { _ in "\(self.key()) = \(self.value(depth: depth + 1))" }
        return "{\(pairs.joined(separator: self.isLucky(20) ? ",\n" : ", "))}"
    }

    private mutating func pick<Element>(_ elements: [Element]) -> Element {
        elements[Int.random(in: elements.indices, using: &self.random)]
    }

    /// Once in so many times.
    private mutating func isLucky(_ times: Int) -> Bool {
        Int.random(in: 0..<times, using: &self.random) == 0
    }

    private static let names = [
        "a", "b", "c", "d", "a", "b", "\"a\"", "'b'", "\"\"", "''", "1", "-", "_", "a-b", "1979-05-27", "true",
        "'\u{E9}'", "\"\\u00e9\"", "\"e\u{301}\"", "\"a.b\"", "inf", "e", "f", "g", "h", "i", "j", "k", "l", "m", "n",
    ]

    /// With ~ for a double quote.
    private static let values = [
        "1", "0", "-0", "+7", "1_000", "0xFf", "0o17", "0b101", "0xdead_beef", "9223372036854775807",
        "-9223372036854775808", "1.5", "-0.0", "+1.0", "1e3", "1E-3", "1.5e+1_0", "1_0.0_1", "0e0", "1e0_1",
        "3.1415926535897932384626", "inf", "-inf", "+inf", "nan", "-nan", "true", "false", "1979-05-27", "2000-02-29",
        "07:32:00", "07:32:00.123456789", "1979-05-27T07:32:00Z", "1979-05-27 07:32:00", "1979-05-27 # d",
        "1979-05-27t07:32:00.999999-07:00", "1979-05-27T00:32:00.5z", "1979-05-27T07:32:00+23:59",
        "~~", "~a~", #"~\t\n\~\\\b\f\r~"#, #"~\u00E9\U0001F680~"#, "~\t~", "~\u{85}\u{2028}~", "''", #"'\'"#, "'a\tb'",
        "~~~\na\nb~~~", "~~~a \\\n  b~~~", "~~~a\\  \n\n b~~~", "~~~a\r\nb~~~", "~~~a~~b~~~~~", "~~~~~~", "~~~~a~~~~",
        #"~~~\u0041\~~~~"#, "'''\na\nb'''", "'''a'''''", "''''a'''", #"'''\'''"#, "[]", "{}", "[[1, 2], ['a']]",
        "{ a.b = 1, a.c = [2] }",
    ].map { $0.replacing("~", with: "\"") }

    /// Most of these are none.
    private static let doubtful = [
        "0x_1", "1__0", "_1", "1_", "01", "0xg", "9223372036854775808", "-9223372036854775809", "0xffffffffffffffff",
        "-0x1", "0b2", "0o8", "1.", ".5", "1.e3", "1e", "infinity", "00.5", "1_.5", "1._5", "1e_5", "True", "07:32",
        "1979-02-29", "1900-02-29", "1979-13-01", "1979-00-01", "1979-04-31", "1979-5-27", "24:00:00", "07:60:00",
        "1979-05-27T07:32Z", "1979-05-27T07:32:00+25:00", "1979-05-27T07:32:00.Z", #"~\uD800~"#, #"~\U00110000~"#,
        #"~\x41~"#, #"~\e~"#, #"~\q~"#, "~a\nb~", "~\u{7F}~", "~\u{1}~", "'\u{1}'", "'a'b'", "~open", "'open", "1e400",
        "'''a''''''", "~~~a~~~~~~", "~~~a\rb~~~", "~~~open", "'''open", #"~~~\ a~~~"#, "", "[1, 2", "{a = 1", "[,]",
        "[1,,2]", "{,}", "{a = 1,}", "{a = 1, a.b = 2}",
    ].map { $0.replacing("~", with: "\"") }

    private static let pieces = [
        "\"", "'", "\\", "\n", "\r", "\r\n", "\t", " ", "[", "]", "[[", "]]", "{", "}", ",", ".", "=", "#", "a", "0",
        "1", "_", "-",
        "+", "e", "x", ":", "T", "Z", "\u{1}", "\u{7F}", "\u{E9}", "\u{1F680}", "\"\"\"", "'''", "inf", "nan", "true",
    ]
}
