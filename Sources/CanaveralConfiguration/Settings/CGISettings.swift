package import GeminiGateway

/// What `cgi` of a location says: the programs of a folder.
package struct CGISettings: Hashable, Sendable {
    package var directory: String
    package var style = GatewayStyle.canaveral
    package var grants: [String] = []
    package var isConfined = true
    package var user: String?
    package var group: String?
    package var environment: [String: String] = [:]
    package var takesUploads = false
    package var headerTimeout: Duration = .seconds(10)
    package var timeout: Duration = .seconds(60)
    package var processes = 32
    package var memory = 1 << 30
    package var output = 1 << 30
    /// For problems: where its settings stand in the file.
    package var lines = SettingLines()

    package init(directory: String) {
        self.directory = directory
    }
}

extension CGISettings {
    enum Keys {
        static let directory = Setting(
            "directory",
            .path,
            "The folder of the programs. Nothing of it is served as a file.",
            example: "\"/srv/gemini/cgi-bin\""
        )
        static let style = Setting(
            "style",
            .gatewayStyle,
            "Whose variables the programs get.",
            standard: "\"canaveral\"",
            example: "\"jetforce\""
        )
        static let grant = Setting(
            "grant",
            .list(of: .path),
            "Folders and files that programs may read and write, beside their own folder, which they may read.",
            standard: "[]",
            example: "[\"/var/lib/guestbook\"]"
        )
        static let confined = Setting(
            "confined",
            .flag,
            "Whether Landlock keeps programs from every other file, where the kernel has it.",
            standard: "true",
            example: "false"
        )
        static let user = Setting(
            "user",
            .text,
            "The user that programs run as, where the server is root.",
            example: "\"guestbook\""
        )
        static let group = Setting("group", .text, "The group that programs run as.", example: "\"guestbook\"")
        static let environment = Setting(
            "environment",
            .variables,
            "Variables that programs get besides.",
            standard: "{}",
            example: "{ TZ = \"UTC\" }"
        )
        static let uploads = Setting(
            "uploads",
            .flag,
            "Whether programs take Titan uploads, on standard input.",
            standard: "false",
            example: "true"
        )
        static let headerTimeout = Setting(
            "header-timeout",
            .duration(),
            "How long a program may take for its first line.",
            standard: "\"10s\"",
            example: "\"5s\""
        )
        static let timeout = Setting(
            "timeout",
            .duration(),
            "How long a program may run.",
            standard: "\"60s\"",
            example: "\"30s\""
        )
        static let processes = Setting(
            "processes",
            .count(),
            """
            Programs at once, a quarter of them for one address, or one IPv6 network of 64 bits; requests above that wait \
            two seconds, and are answered 41 then.
            """,
            standard: "32",
            example: "8"
        )
        static let memory = Setting(
            "memory",
            .size(from: "1 MiB"),
            "The memory of one program.",
            standard: "\"1 GiB\"",
            example: "\"256 MiB\""
        )
        static let output = Setting(
            "output",
            .size(from: "1 KiB"),
            "The most that one program may print.",
            standard: "\"1 GiB\"",
            example: "\"10 MiB\""
        )
    }

    static let schema = TableSchema(
        "host.location.cgi",
        "Programs that answer requests. 'cgi = \"FOLDER\"' is short for the folder alone.",
        [
            Keys.directory.description, Keys.style.description, Keys.grant.description, Keys.confined.description,
            Keys.user.description, Keys.group.description, Keys.environment.description, Keys.uploads.description,
            Keys.headerTimeout.description, Keys.timeout.description, Keys.processes.description,
            Keys.memory.description, Keys.output.description,
        ]
    )

    static let form = ValueForm<CGISettings>.table(Self.schema, shorthand: "directory") { CGISettings($0) }

    init?(_ table: TableReader) {
        let directory = table[Keys.directory]
        if directory == nil, !table.has(Keys.directory) { table.report("Programs need their 'directory'.") }
        self.init(directory: directory ?? "")
        self.lines = table.lines
        if let style = table[Keys.style] { self.style = style }
        self.grants = table[Keys.grant] ?? []
        self.isConfined = table[Keys.confined] ?? true
        self.user = table[Keys.user]
        self.group = table[Keys.group]
        self.environment = table[Keys.environment] ?? [:]
        table.reportOwnVariables(in: self.environment, at: Keys.environment.name, style: self.style)
        self.takesUploads = table[Keys.uploads] ?? false
        if let time = table[Keys.headerTimeout] { self.headerTimeout = time }
        if let time = table[Keys.timeout] { self.timeout = time }
        if let count = table[Keys.processes] { self.processes = count }
        if let size = table[Keys.memory] { self.memory = size }
        if let size = table[Keys.output] { self.output = size }
        if !self.isConfined, !self.grants.isEmpty {
            table.report("Programs that are not confined need no grants: leave one of the two out.", at: "grant")
        }
        if directory == nil { return nil }
    }
}
