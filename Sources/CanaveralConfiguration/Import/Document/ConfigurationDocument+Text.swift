extension ConfigurationDocument: CustomStringConvertible {
    /// The text of the file.
    package var description: String {
        var writer = Writer()
        writer.write(self.top, path: [])
        return writer.text
    }
}

extension ConfigurationDocument {
    /// Writes tables and what they hold.
    private struct Writer {
        private static let width = 100
        /// Tables with more members than this get a header of their own.
        private static let inlineMembers = 3

        private(set) var text = ""

        mutating func write(_ table: Table, path: [String]) {
            for remark in table.remarks { self.text += "# \(TOMLText.harmless(remark))\n" }
            if !table.remarks.isEmpty && path.isEmpty { self.text += "\n" }
            let settings = ConfigurationDocument.sorted(table.settings, in: path.last) { $0.key }
            var tables: [Setting] = []
            for setting in settings {
                if case .table(let members) = setting.value, members.count > Self.inlineMembers {
                    tables.append(setting)
                } else {
                    self.write(setting)
                }
            }
            for setting in tables {
                guard case .table(let members) = setting.value else { continue }
                self.open("[\(TOMLText.key(path + [setting.key]))]", origin: setting.origin)
                for member in members { self.write(Setting(key: member.key, value: member.value)) }
            }
            for child in ConfigurationDocument.sorted(table.children, in: path.last, by: { $0.name }) {
                let name = TOMLText.key(path + [child.name])
                self.open(child.isElement ? "[[\(name)]]" : "[\(name)]", origin: nil)
                self.write(child.table, path: path + [child.name])
            }
        }

        private mutating func open(_ header: String, origin: String?) {
            if !self.text.isEmpty && !self.text.hasSuffix("\n\n") { self.text += "\n" }
            self.text += "\(header)\(self.comment(origin))\n"
        }

        private mutating func write(_ setting: Setting) {
            let key = TOMLText.key([setting.key])
            let line = "\(key) = \(TOMLText.value(setting.value))"
            guard line.count > Self.width, case .array(let values) = setting.value else {
                self.text += "\(line)\(self.comment(setting.origin))\n"
                return
            }
            self.text += "\(key) = [\(self.comment(setting.origin))\n"
            for value in values { self.text += "    \(TOMLText.value(value)),\n" }
            self.text += "]\n"
        }

        private func comment(_ origin: String?) -> String {
            origin.map { "  # \(TOMLText.harmless($0))" } ?? ""
        }
    }
}
