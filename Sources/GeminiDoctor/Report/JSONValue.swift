import GeminiProtocol

/// As much of JSON as reports need; the members of objects keep their order.
enum JSONValue {
    case string(String)
    case integer(Int)
    /// A time in seconds with three decimals.
    case milliseconds(Duration)
    case array([JSONValue])
    case object([(name: String, value: JSONValue)])

    func text(indentation: Int) -> String {
        switch self {
        case .string(let string): return Self.quoted(string)
        case .integer(let integer): return "\(integer)"
        case .milliseconds(let duration):
            let (seconds, attoseconds) = duration.components
            let fraction = "\(attoseconds / 1_000_000_000_000_000)"
            return "\(seconds)." + String(repeating: "0", count: max(0, 3 - fraction.count)) + fraction
        case .array(let values):
            let isFlat = values.allSatisfy { if case .string = $0 { true } else { false } }
            let texts = values.map { $0.text(indentation: isFlat ? 0 : indentation + 1) }
            return isFlat ? "[\(texts.joined(separator: ", "))]" : Self.block("[", texts, "]", indentation)
        case .object(let members):
            let texts = members.map { "\(Self.quoted($0.name)): \($0.value.text(indentation: indentation + 1))" }
            return Self.block("{", texts, "}", indentation)
        }
    }

    private static func block(_ open: String, _ texts: [String], _ close: String, _ indentation: Int) -> String {
        let margin = String(repeating: "  ", count: indentation)
        return open + "\n" + texts.map { "\(margin)  \($0)" }.joined(separator: ",\n") + "\n\(margin)\(close)"
    }

    private static func quoted(_ string: String) -> String {
        var text = "\""
        for scalar in string.unicodeScalars {
            switch scalar {
            case "\"": text += "\\\""
            case "\\": text += "\\\\"
            case "\n": text += "\\n"
            case "\r": text += "\\r"
            case "\t": text += "\\t"
            case _ where scalar.value < 0x20:
                text += "\\u00" + Fingerprint.hexadecimal([UInt8(scalar.value)])
            default: text.unicodeScalars.append(scalar)
            }
        }
        return text + "\""
    }
}
