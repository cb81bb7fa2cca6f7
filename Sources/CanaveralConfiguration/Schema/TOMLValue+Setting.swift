import TOML

extension TOMLValue {
    /// A text with something in it. One with a zero byte is none: the system would take it up to there.
    var text: String? {
        if case .string(let text) = self, !text.isEmpty, !text.utf8.contains(0) { text } else { nil }
    }

    /// For a sentence: the value where it is short, and its kind otherwise.
    var shown: String {
        switch self {
        case .string(let text): text.count <= 60 ? "'\(text)'" : "a text"
        case .integer(let number): "\(number)"
        case .float(let number): "\(number)"
        case .boolean(let value): "\(value)"
        case .moment: "a date or time"
        case .array: "a list"
        case .table: "a table"
        }
    }
}
