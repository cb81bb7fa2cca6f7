import GeminiProtocol
package import GeminiServer
import TOML

/// What one `[[host]]` says: a capsule.
package struct HostSettings: Hashable, Sendable {
    /// Where its certificate comes from.
    package enum Certificate: Hashable, Sendable {
        /// Made, kept and renewed by the server.
        case automatic
        case files(certificate: String, key: String?)
    }

    package var names: [HostName]
    package var isDefault = false
    package var certificate = Certificate.automatic
    package var content = ContentSettings()
    package var policy = PolicySettings()
    package var isLogged = true
    /// Where `/~user/` is, with `{user}` for the name.
    package var users: String?
    package var passThrough: PassThroughSettings?
    package var locations: [LocationSettings] = []
    /// For problems: where it stands in the file.
    package var path = ""
    package var line: Int?
    package var lines = SettingLines()
    /// Whether something of it could not be read, which is told already.
    package var isIncomplete = false

    package init(names: [HostName]) {
        self.names = names
    }

    /// How it is spoken of.
    package var title: String { self.names.first.map { "\($0)" } ?? "a host without a name" }
}

/// What `pass-through` of a host says: the server that its connections are handed to.
package struct PassThroughSettings: Hashable, Sendable {
    package var backEnd: PassThroughHost.BackEnd
    package var header: ProxyHeader.Version?

    package init(backEnd: PassThroughHost.BackEnd) {
        self.backEnd = backEnd
    }
}

extension HostSettings {
    enum Keys {
        static let name = Setting(
            "name",
            .hostName,
            "Its name, or \"*.\" and a name for every name one level below that has no host of its own.",
            example: "\"example.org\""
        )
        static let aliases = Setting(
            "aliases",
            .list(of: .hostName),
            "Other names that mean the same host.",
            standard: "[]",
            example: "[\"www.example.org\"]"
        )
        static let isDefault = Setting(
            "default",
            .flag,
            "Whether clients that ask for none of the hosts are shown its certificate. Without any, it is the first host.",
            standard: "false",
            example: "true"
        )
        static let certificate = Setting(
            "certificate",
            .path,
            """
            Its certificate and the chain to its authority, PEM or DER, read again when the file changes. Without one, the server \
            makes one, keeps it in the state directory, and renews it with the same key.
            """,
            example: "\"/etc/letsencrypt/live/example.org/fullchain.pem\""
        )
        static let key = Setting(
            "key",
            .path,
            "Its private key, where it is not in the same file.",
            example: "\"/etc/letsencrypt/live/example.org/privkey.pem\""
        )
        static let users = Setting(
            "users",
            .path,
            "What /~name/ shows: a folder, with \"{user}\" for the name.",
            example: "\"/home/{user}/public_gemini\""
        )
        static let passThrough = Setting(
            "pass-through",
            .backEnd,
            """
            Hand its connections as they are to another server, which sees visitors' certificates and shows its own; nothing else \
            of the host counts then.
            """,
            example: "\"127.0.0.1:1966\""
        )
        static let passThroughHeader = Setting(
            "pass-through-header",
            .proxyHeader,
            "Tell that server visitors' addresses by the PROXY protocol: \"v1\" or \"v2\".",
            example: "\"v2\""
        )
        static let accessLog = Setting(
            "access-log",
            .flag,
            "Whether its requests are written to the access log.",
            standard: "true",
            example: "false"
        )
        static let location = Setting(
            "location",
            .tables(LocationSettings.schema) { LocationSettings($0) },
            "Paths that are answered otherwise.",
            example: "[]"
        )
    }

    static let schema = TableSchema(
        "host",
        "A capsule: its names, its certificate, and what it shows.",
        [
            Keys.name.description, Keys.aliases.description, Keys.isDefault.description,
            Keys.certificate.description, Keys.key.description, Keys.users.description,
            Keys.passThrough.description, Keys.passThroughHeader.description, Keys.accessLog.description,
        ] + ContentSettings.settings + PolicySettings.settings + [Keys.location.description]
    )

    init?(_ table: TableReader) {
        let errors = table.place.reader.errorCount
        let name = table[Keys.name]
        let aliases = table[Keys.aliases] ?? []
        if name == nil, !table.has(Keys.name) { table.report("A host needs its 'name'.") }
        self.init(names: (name.map { [$0] } ?? []) + aliases)
        self.isDefault = table[Keys.isDefault] ?? false
        let certificate = table[Keys.certificate]
        let key = table[Keys.key]
        if let certificate {
            self.certificate = .files(certificate: certificate, key: key)
        } else if key != nil {
            table.report("A key needs the 'certificate' that it belongs to.", at: Keys.key.name)
        }
        self.users = table[Keys.users]
        if let users, !users.contains("{user}") {
            table.report("It needs \"{user}\", which stands for the name.", at: Keys.users.name)
            self.users = nil
        }
        self.passThrough = table[Keys.passThrough].map(PassThroughSettings.init)
        if let header = table[Keys.passThroughHeader] {
            self.passThrough?.header = header
            if !table.has(Keys.passThrough) {
                table.report("It goes with 'pass-through'.", at: Keys.passThroughHeader.name)
            }
        }
        self.isLogged = table[Keys.accessLog] ?? true
        self.content = ContentSettings(table)
        self.policy = PolicySettings(table)
        self.locations = table[Keys.location] ?? []
        self.path = "\(table.place.path)"
        self.line = table.place.line
        self.lines = table.lines
        self.reportIgnored(table)
        self.reportLoops(table)
        self.isIncomplete = table.place.reader.errorCount > errors
        if name == nil { return nil }
    }
}

extension HostSettings {
    /// Reports what does nothing where connections are handed on as they are.
    private func reportIgnored(_ table: TableReader) {
        guard self.passThrough != nil else { return }
        let counting = [Keys.name.name, Keys.aliases.name, Keys.passThrough.name, Keys.passThroughHeader.name]
        for setting in Self.schema.settings where !counting.contains(setting.name) && self.lines[setting.name] != nil {
            table.report(
                "It does nothing here, where connections are handed on as they are: leave it out, or 'pass-through'.",
                at: setting.name,
                severity: .warning
            )
        }
    }
}

extension ValueForm where Value == PassThroughHost.BackEnd {
    static var backEnd: ValueForm {
        ValueForm("an address and port such as \"127.0.0.1:1966\"") { node in
            if case .string(let text) = node { PassThroughHost.BackEnd(settingText: text) } else { nil }
        }
    }
}

extension PassThroughHost.BackEnd {
    /// An address, and a port behind a colon or Gemini's own.
    package init?(settingText text: String) {
        guard let url = try? GeminiURL("gemini://\(text)"), url.path == "/", url.query == nil, url.fragment == nil,
            !text.hasSuffix("/"),
            // A port without an address would be looked up as a name.
            !text.prefix(while: { $0 != ":" }).allSatisfy(\.isNumber)
        else { return nil }
        // Brackets are how URLs spell IPv6 addresses.
        let host =
            switch url.host.kind {
            case .ipv6(let address): address.description
            default: url.host.description
            }
        self.init(host: host, port: Int(url.effectivePort ?? GeminiURL.defaultPort))
    }
}
