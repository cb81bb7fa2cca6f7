/// A value that is printed as JSON (RFC 8259), with the members of objects in the order given.
package enum JSONValue: Sendable {
    case string(String)
    case integer(Int)
    case number(Double)
    /// A time in seconds with three decimals.
    case seconds(Duration)
    case boolean(Bool)
    case array([JSONValue])
    case object([(name: String, value: JSONValue)])
    case null
}

extension JSONValue: ExpressibleByStringLiteral, ExpressibleByIntegerLiteral, ExpressibleByBooleanLiteral {
    package init(stringLiteral value: String) {
        self = .string(value)
    }

    package init(integerLiteral value: Int) {
        self = .integer(value)
    }

    package init(booleanLiteral value: Bool) {
        self = .boolean(value)
    }
}

extension JSONValue: CustomStringConvertible {
    /// The value on one line.
    package var description: String {
        switch self {
        case .string(let text): Self.quoted(text)
        case .integer(let number): String(number)
        case .number(let number): number.isFinite ? String(number) : "null"
        case .seconds(let time): Self.decimals(time)
        case .boolean(let value): value ? "true" : "false"
        case .array(let values): "[" + values.map(\.description).joined(separator: ", ") + "]"
        case .object(let members):
            "{" + members.map { Self.quoted($0.name) + ": " + $0.value.description }.joined(separator: ", ") + "}"
        case .null: "null"
        }
    }

    /// The value on lines of its own, those within it two spaces further in; a list of strings stays on one line.
    package var indented: String {
        self.text(margin: "")
    }

    private func text(margin: String) -> String {
        switch self {
        case .array(let values) where !values.allSatisfy(\.isString):
            Self.block("[", values.map { $0.text(margin: margin + "  ") }, "]", margin: margin)
        case .object(let members) where !members.isEmpty:
            Self.block(
                "{",
                members.map { Self.quoted($0.name) + ": " + $0.value.text(margin: margin + "  ") },
                "}",
                margin: margin
            )
        default: self.description
        }
    }

    private var isString: Bool {
        if case .string = self { true } else { false }
    }

    private static func block(_ open: String, _ lines: [String], _ close: String, margin: String) -> String {
        open + "\n" + lines.map { margin + "  " + $0 }.joined(separator: ",\n") + "\n" + margin + close
    }

    private static func decimals(_ time: Duration) -> String {
        let (seconds, attoseconds) = time.components
        let fraction = String(attoseconds / 1_000_000_000_000_000)
        return "\(seconds)." + String(repeating: "0", count: max(0, 3 - fraction.count)) + fraction
    }

    private static func quoted(_ text: String) -> String {
        var result = "\""
        for scalar in text.unicodeScalars {
            switch scalar {
            case "\"": result += "\\\""
            case "\\": result += "\\\\"
            case "\n": result += "\\n"
            case "\r": result += "\\r"
            case "\t": result += "\\t"
            // Control characters of both kinds, and what some readers take for the end of a line.
            case "\u{0}"..."\u{1F}", "\u{7F}"..."\u{9F}", "\u{2028}", "\u{2029}":
                let digits = String(scalar.value, radix: 16)
                result += "\\u" + String(repeating: "0", count: 4 - digits.count) + digits
            default: result.unicodeScalars.append(scalar)
            }
        }
        return result + "\""
    }
}
