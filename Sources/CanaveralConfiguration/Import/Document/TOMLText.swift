/// Keys and values as TOML 1.0 writes them.
enum TOMLText {
    /// A dotted key. A part that is not made of letters, digits, `-` and `_` is quoted.
    static func key(_ parts: [String]) -> String {
        parts.map { part in
            let isBare =
                !part.isEmpty
                && part.utf8.allSatisfy { byte in
                    switch byte {
                    case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
                        UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "-"), UInt8(ascii: "_"):
                        true
                    default: false
                    }
                }
            return isBare ? part : self.string(part)
        }.joined(separator: ".")
    }

    static func value(_ value: ConfigurationDocument.Value) -> String {
        switch value {
        case .string(let string): self.string(string)
        case .integer(let number): "\(number)"
        case .boolean(let flag): "\(flag)"
        case .array(let values): "[\(values.map(self.value).joined(separator: ", "))]"
        case .table(let members):
            members.isEmpty
                ? "{}"
                : "{ \(members.map { "\(self.key([$0.key])) = \(self.value($0.value))" }.joined(separator: ", ")) }"
        }
    }

    /// A string on one line: literal where it has a backslash, as regular expressions do, basic otherwise.
    static func string(_ string: String) -> String {
        let scalars = string.unicodeScalars
        if scalars.contains("\\"), !scalars.contains("'"), !scalars.contains(where: self.isInvisible) {
            return "'\(string)'"
        }
        var text = "\""
        for scalar in scalars {
            switch scalar {
            case "\"": text += "\\\""
            case "\\": text += "\\\\"
            case "\n": text += "\\n"
            case "\t": text += "\\t"
            case _ where self.isInvisible(scalar): text += self.escape(scalar)
            default: text.unicodeScalars.append(scalar)
            }
        }
        return text + "\""
    }

    /// Text for a comment, which ends with the line, with what would end it or steer a terminal made visible.
    static func harmless(_ text: String) -> String {
        text.unicodeScalars.reduce(into: "") { result, scalar in
            if self.isInvisible(scalar) {
                result += self.escape(scalar)
            } else {
                result.unicodeScalars.append(scalar)
            }
        }
    }

    private static func isInvisible(_ scalar: Unicode.Scalar) -> Bool {
        switch scalar.properties.generalCategory {
        case .control, .format, .lineSeparator, .paragraphSeparator: true
        default: false
        }
    }

    private static func escape(_ scalar: Unicode.Scalar) -> String {
        let digits = String(scalar.value, radix: 16, uppercase: true)
        let width = scalar.value > 0xFFFF ? 8 : 4
        return "\\\(width == 8 ? "U" : "u")\(String(repeating: "0", count: width - digits.count))\(digits)"
    }
}
