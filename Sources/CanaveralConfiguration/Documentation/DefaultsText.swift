/// A configuration file with every setting, each with what it is for, and as a comment where it is not set by default: what
/// `canaveral check --print-defaults` prints.
package enum DefaultsText {
    package static var text: String {
        var text = """
            # canaveral.toml: every setting of 'canaveral serve --config FILE', with its default where it has one.
            # Relative paths begin at the folder of this file. Durations are texts such as "10s", "5m", "2h" or "1d",
            # or numbers of seconds; sizes are texts such as "10 MiB", or numbers of bytes.

            """
        self.append(Configuration.schema, isOptional: false, to: &text)
        return text
    }

    /// - Parameter isOptional: whether nothing of the table is set by default, so that all of it is a comment.
    private static func append(_ schema: TableSchema, isOptional: Bool, to text: inout String) {
        let keys = schema.settings.filter { $0.tables == nil }
        for setting in keys { self.append(setting, isOptional: isOptional, to: &text) }
        for setting in schema.settings {
            guard let table = setting.tables else { continue }
            let isList = setting.expectation.hasPrefix("tables")
            let isOptional =
                isOptional || isList || !table.settings.contains { $0.standard != nil }
                || table.name.contains(".")
            text += "\n" + self.comment(table.summary)
            let header = isList ? "[[\(table.name)]]" : "[\(table.name)]"
            text += isOptional ? "# \(header)\n" : "\(header)\n"
            self.append(table, isOptional: isOptional, to: &text)
        }
    }

    private static func append(_ setting: SettingDescription, isOptional: Bool, to text: inout String) {
        text += "\n" + self.comment(setting.summary)
        if let standard = setting.standard {
            text += "\(isOptional ? "# " : "")\(setting.name) = \(standard)\n"
        } else {
            text += "# \(setting.name) = \(setting.example)\n"
        }
    }

    /// Lines of a comment, 100 columns wide.
    private static func comment(_ text: String) -> String {
        WrappedText.lines(of: text, width: 98).map { "# \($0)\n" }.joined()
    }
}

/// Text in lines of a width.
enum WrappedText {
    static func lines(of text: String, width: Int) -> [String] {
        var lines: [String] = []
        var line = ""
        for word in text.split(whereSeparator: { $0 == " " || $0 == "\n" }) {
            if !line.isEmpty, line.count + 1 + word.count > width {
                lines.append(line)
                line = ""
            }
            line += line.isEmpty ? String(word) : " \(word)"
        }
        return line.isEmpty ? lines : lines + [line]
    }
}
