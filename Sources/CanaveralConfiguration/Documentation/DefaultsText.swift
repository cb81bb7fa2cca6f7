/// A configuration file with every setting, each with what it is for, and as a comment where it is not set by default: what
/// `canaveral check --print-defaults` prints, and `contrib/canaveral.toml`. It is valid as it stands, with one host.
package enum DefaultsText {
    /// What a file cannot do without.
    private static let needed = ["host", "host.name", "host.root"]

    package static var text: String {
        var text = """
            # canaveral.toml: every setting of 'canaveral serve --config FILE', with its default where it has one.
            # What is a comment is not set. canaveral.toml(5) says what each setting takes; 'canaveral check' judges a file.
            #
            # Relative paths begin at the folder of this file. Durations are texts such as "10s", "5m", "2h" or "1d", or
            # numbers of seconds; sizes are texts such as "10 MiB", or numbers of bytes.

            """
        self.append(Configuration.schema, isOptional: false, to: &text)
        return text
    }

    /// - Parameter isOptional: whether nothing of the table is set by default, so that all of it is a comment.
    private static func append(_ schema: TableSchema, isOptional: Bool, to text: inout String) {
        for setting in schema.settings where setting.tables == nil && setting.group == nil {
            self.append(setting, of: schema, isOptional: isOptional, to: &text)
        }
        if schema.name.isEmpty {
            for group in SettingGroup.allCases {
                text += "\n" + self.comment("\(group.title.uppercased()). \(group.summary)")
                for setting in group.settings {
                    self.append(setting, of: schema, isOptional: isOptional, to: &text)
                }
            }
        } else if schema.settings.contains(where: { $0.group != nil }) {
            text += "\n" + self.comment("Besides these, the settings of CONTENT and POLICY, which are above.")
            for setting in schema.settings where setting.group != nil && self.isNeeded(setting, of: schema) {
                self.append(assignmentOf: setting, isComment: false, to: &text)
            }
        }
        for setting in schema.settings {
            guard let table = setting.tables, let header = setting.header else { continue }
            let isSet = table.settings.contains { $0.standard != nil } && header == "[\(setting.name)]"
            let isOptional = isOptional || !(isSet || self.needed.contains(table.name)) || table.name.contains(".")
            text += "\n" + self.comment(table.summary) + (isOptional ? "# \(header)\n" : "\(header)\n")
            self.append(table, isOptional: isOptional || !isSet, to: &text)
        }
    }

    private static func append(
        _ setting: SettingDescription,
        of table: TableSchema,
        isOptional: Bool,
        to text: inout String
    ) {
        text += "\n" + self.comment(setting.summary)
        // A policy is what somebody asks for; there is no more to its default than that.
        let isComment = isOptional || setting.standard == nil || setting.group == .policy
        self.append(assignmentOf: setting, isComment: isComment && !self.isNeeded(setting, of: table), to: &text)
    }

    private static func append(assignmentOf setting: SettingDescription, isComment: Bool, to text: inout String) {
        text += "\(isComment ? "# " : "")\(setting.name) = \(setting.standard ?? setting.example)\n"
    }

    private static func isNeeded(_ setting: SettingDescription, of table: TableSchema) -> Bool {
        self.needed.contains("\(table.name).\(setting.name)")
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
