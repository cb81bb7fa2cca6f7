import TOML

/// One key of a configuration file: the only place where its name, its form and its meaning are written down. The manual
/// page, the printed defaults and the reader all come from it.
struct Setting<Value>: Sendable {
    let name: String
    let form: ValueForm<Value>
    /// What it is for, in one or more sentences.
    let summary: String
    /// What is meant where it is not set, as TOML; `nil` where there is no such value.
    let standard: String?
    /// A value, as TOML, for examples.
    let example: String

    init(
        _ name: String,
        _ form: ValueForm<Value>,
        _ summary: String,
        standard: String? = nil,
        example: String
    ) {
        self.name = name
        self.form = form
        self.summary = summary
        self.standard = standard
        self.example = example
    }

    var description: SettingDescription {
        SettingDescription(
            name: self.name,
            expectation: self.form.expectation,
            summary: self.summary,
            standard: self.standard,
            example: self.example,
            tables: self.form.tables
        )
    }
}

/// What there is to say about a key, whatever its values are.
package struct SettingDescription: Sendable {
    package var name: String
    /// As in "a duration such as \"10s\"".
    package var expectation: String
    package var summary: String
    package var standard: String?
    package var example: String
    /// For a key that is a table, or a list of them: what these have.
    package var tables: TableSchema?
    /// For a key that several kinds of table have: the group that it is documented with.
    package var group: SettingGroup?

    /// As the table's header is written.
    var header: String? {
        self.tables.map { self.expectation.hasPrefix("tables") ? "[[\($0.name)]]" : "[\($0.name)]" }
    }

    func of(_ group: SettingGroup) -> SettingDescription {
        var setting = self
        setting.group = group
        return setting
    }
}

/// Settings that the top of the file, a host and a location have alike.
package enum SettingGroup: CaseIterable, Sendable {
    case content
    case policy

    var title: String {
        switch self {
        case .content: "content"
        case .policy: "policy"
        }
    }

    /// What they are for, and how those of several places go together.
    var summary: String {
        switch self {
        case .content:
            """
            What files are shown, and how. These may stand at the top of the file, in a [[host]] and in a [[host.location]]; what \
            a location does not set is as its host has it, and what a host does not set is as the top of the file has it.
            """
        case .policy:
            """
            Who is answered, and how often. These may stand at the top of the file, in a [[host]] and in a [[host.location]], and \
            they add up: a request has to satisfy those of all three.
            """
        }
    }

    var settings: [SettingDescription] {
        switch self {
        case .content: ContentSettings.settings
        case .policy: PolicySettings.settings
        }
    }
}

/// The keys of one kind of table.
package struct TableSchema: Sendable {
    /// As its header is written, without brackets: `host.location`; empty for the top of the file.
    package var name: String
    /// What it is for.
    package var summary: String
    package var settings: [SettingDescription]

    init(_ name: String, _ summary: String, _ settings: [SettingDescription]) {
        self.name = name
        self.summary = summary
        self.settings = settings
    }

    /// The header of a table that is in one of this kind, where nothing but such is in it: then it has none of its own.
    func headerAlone(in table: TOMLTable) -> String? {
        let headers = table.entries.map { entry in self.settings.first { $0.name == entry.key }?.header }
        return headers.contains(nil) ? nil : headers.first ?? nil
    }

    /// For a sentence: "those of [[host]]".
    var place: String {
        self.name.isEmpty ? "the top of the file" : "[\(self.name)]"
    }
}
