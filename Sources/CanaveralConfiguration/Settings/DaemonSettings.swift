package import GeminiGateway

/// What `scgi` or `fastcgi` of a location says: a daemon that answers.
package struct DaemonSettings: Hashable, Sendable {
    package var address: BackendAddress
    package var style = GatewayStyle.canaveral
    /// What `SCRIPT_NAME` is; `nil` for the location's path.
    package var scriptName: String?
    package var documentRoot: String?
    package var environment: [String: String] = [:]
    package var takesUploads = false
    package var connections = 32
    package var connectTimeout: Duration = .seconds(5)
    package var headerTimeout: Duration = .seconds(10)
    package var stallTimeout: Duration = .seconds(60)
    package var timeout: Duration = .seconds(600)

    package init(address: BackendAddress) {
        self.address = address
    }
}

extension DaemonSettings {
    enum Keys {
        static let address = Setting(
            "address",
            .backendAddress,
            "Where the daemon listens.",
            example: "\"127.0.0.1:4000\""
        )
        static let style = Setting(
            "style",
            .gatewayStyle,
            "Whose variables the daemon gets.",
            standard: "\"canaveral\"",
            example: "\"gmid\""
        )
        static let scriptName = Setting(
            "script-name",
            .urlPath,
            "What SCRIPT_NAME is, where it is not the location's path.",
            example: "\"/wiki\""
        )
        static let documentRoot = Setting(
            "document-root",
            .path,
            "For daemons that run scripts of a folder: the folder. A FastCGI daemon is told the host's root without it.",
            example: "\"/srv/gemini/php\""
        )
        static let environment = Setting(
            "environment",
            .variables,
            "Variables that the daemon gets besides.",
            standard: "{}",
            example: "{ WIKI_NAME = \"Home\" }"
        )
        static let uploads = Setting(
            "uploads",
            .flag,
            "Whether the daemon takes Titan uploads.",
            standard: "false",
            example: "true"
        )
        static let connections = Setting(
            "connections",
            .count(),
            """
            Requests to the daemon at once, a quarter of them for one address, or one IPv6 network of 64 bits; those above \
            that wait two seconds, and are answered 41 then.
            """,
            standard: "32",
            example: "4"
        )
        static let connectTimeout = Setting(
            "connect-timeout",
            .duration(),
            "How long it may take to connect.",
            standard: "\"5s\"",
            example: "\"2s\""
        )
        static let headerTimeout = Setting(
            "header-timeout",
            .duration(),
            "How long the daemon may take for its first line.",
            standard: "\"10s\"",
            example: "\"5s\""
        )
        static let stallTimeout = Setting(
            "stall-timeout",
            .duration(),
            "How long the daemon may be silent within a response.",
            standard: "\"60s\"",
            example: "\"20s\""
        )
        static let timeout = Setting(
            "timeout",
            .duration(),
            "How long a response may take as a whole.",
            standard: "\"10m\"",
            example: "\"2m\""
        )
        static let all = [
            Self.address.description, Self.style.description, Self.scriptName.description,
            Self.documentRoot.description, Self.environment.description, Self.uploads.description,
            Self.connections.description, Self.connectTimeout.description, Self.headerTimeout.description,
            Self.stallTimeout.description, Self.timeout.description,
        ]
    }

    static let scgiSchema = TableSchema(
        "host.location.scgi",
        "A daemon that answers by SCGI. 'scgi = \"ADDRESS\"' is short for the address alone.",
        Keys.all
    )
    static let fastCGISchema = TableSchema(
        "host.location.fastcgi",
        "A daemon that answers by FastCGI. 'fastcgi = \"ADDRESS\"' is short for the address alone.",
        Keys.all
    )
    static let scgiForm = ValueForm<DaemonSettings>.table(Self.scgiSchema, shorthand: "address") { DaemonSettings($0) }
    static let fastCGIForm = ValueForm<DaemonSettings>.table(Self.fastCGISchema, shorthand: "address") {
        DaemonSettings($0)
    }

    init?(_ table: TableReader) {
        let address = table[Keys.address]
        if address == nil, !table.has(Keys.address) { table.report("A daemon needs its 'address'.") }
        self.init(address: address ?? .unix(""))
        if let style = table[Keys.style] { self.style = style }
        self.scriptName = table[Keys.scriptName]
        self.documentRoot = table[Keys.documentRoot]
        self.environment = table[Keys.environment] ?? [:]
        table.reportOwnVariables(in: self.environment, at: Keys.environment.name, style: self.style)
        self.takesUploads = table[Keys.uploads] ?? false
        if let count = table[Keys.connections] { self.connections = count }
        if let time = table[Keys.connectTimeout] { self.connectTimeout = time }
        if let time = table[Keys.headerTimeout] { self.headerTimeout = time }
        if let time = table[Keys.stallTimeout] { self.stallTimeout = time }
        if let time = table[Keys.timeout] { self.timeout = time }
        if address == nil { return nil }
    }
}
