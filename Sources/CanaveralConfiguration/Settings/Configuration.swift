package import GeminiServer

/// Everything that `canaveral serve` can be told, by flags or by a file: one value, checked as far as it can be without
/// looking at what it points to.
package struct Configuration: Hashable, Sendable {
    /// Empty: where a server for these hosts usually listens.
    package var listeners: [ListenerSettings] = []
    package var stateDirectory: String?
    package var reusesPort = false
    package var allowsNameMismatch = false
    /// Files and folders with authorities that programs are told about (`TLS_CLIENT_AUTHORISED`).
    package var clientAuthorities: [String] = []
    package var process = ProcessSettings()
    package var limits = LimitSettings()
    package var log = LogSettings()
    /// Where metrics can be read; `nil`: nowhere.
    package var metrics: ListenAddress?
    /// What hosts take that do not set it themselves.
    package var content = ContentSettings()
    package var policy = PolicySettings()
    package var hosts: [HostSettings] = []
    /// For problems: where its settings stand in the file.
    package var lines = SettingLines()

    package init() {}
}

/// As what the server runs, and what it may reach.
package struct ProcessSettings: Hashable, Sendable {
    package var user: String?
    package var group: String?
    package var chroot: String?
    package var isSandboxed = true

    package init() {}
}

extension Configuration {
    enum Keys {
        static let listen = Setting(
            "listen",
            .nonEmptyList(
                of: .listenAddress,
                "name an address, or leave the setting out for the usual ones or those of each [[listener]]"
            ),
            """
            What to listen on, in short; [[listener]] has settings for each, and the addresses of both count. Without both: every \
            address, or this machine only while every host is localhost or a loopback address.
            """,
            example: "[\"0.0.0.0:1965\", \"[::]:1965\"]"
        )
        static let stateDirectory = Setting(
            "state-directory",
            .path,
            """
            Where certificates and known hosts are kept. Without it: $STATE_DIRECTORY, $XDG_STATE_HOME/canaveral, \
            /var/lib/canaveral for root, ~/.local/state/canaveral.
            """,
            example: "\"/var/lib/canaveral\""
        )
        static let reusePort = Setting(
            "reuse-port",
            .flag,
            "Whether another canaveral with this setting may listen on the same addresses.",
            standard: "false",
            example: "true"
        )
        static let nameMismatch = Setting(
            "allow-name-mismatch",
            .flag,
            "Whether a connection that was made for one host may ask for a page of another; otherwise it gets 53.",
            standard: "false",
            example: "true"
        )
        static let clientAuthorities = Setting(
            "client-authorities",
            .nonEmptyList(of: .path, "name a file, or leave the setting out"),
            """
            Files, or folders of files, with the certificates of authorities: programs are told by TLS_CLIENT_AUTHORISED whether \
            one of them signed the visitor's certificate. Nobody is refused for it; certificate-authorities does that.
            """,
            example: "[\"/etc/ssl/certs/crew-ca.pem\"]"
        )
        static let user = Setting(
            "user",
            .text,
            "The user that the server becomes when it listens and has read its keys; it has to be started as root.",
            example: "\"gemini\""
        )
        static let group = Setting(
            "group",
            .text,
            "The group that it takes then, where it is not the user's own.",
            example: "\"gemini\""
        )
        static let chroot = Setting(
            "chroot",
            .path,
            "The folder that is the root of the file system from then on.",
            example: "\"/srv/gemini\""
        )
        static let sandbox = Setting(
            "sandbox",
            .flag,
            """
            Whether the server gives up, by Landlock, every file but what this configuration names: its roots to read, its \
            state and logs to write.
            """,
            standard: "true",
            example: "false"
        )
        static let limits = Setting(
            "limits",
            .table(LimitSettings.schema) { LimitSettings($0) },
            "What clients may cost, and how long they may take.",
            example: "{ grace = \"5s\" }"
        )
        static let log = Setting(
            "log",
            .table(LogSettings.schema) { LogSettings($0) },
            "What is written down, and where.",
            example: "{ format = \"json\" }"
        )
        static let metrics = Setting(
            "metrics",
            MetricsSettings.form,
            "Where metrics can be read.",
            example: "\"127.0.0.1:9965\""
        )
        static let listeners = Setting(
            "listener",
            .tables(ListenerSettings.schema) { ListenerSettings($0) },
            "Addresses to listen on, with settings of their own.",
            example: "[]"
        )
        static let hosts = Setting(
            "host",
            .tables(HostSettings.schema) { HostSettings($0) },
            "The capsules.",
            example: "[]"
        )
    }

    /// The top of the file.
    package static let schema = TableSchema(
        "",
        "The server as a whole. What files are shown and who is let in can be set here for all hosts.",
        [
            Keys.listen.description, Keys.stateDirectory.description, Keys.reusePort.description,
            Keys.nameMismatch.description, Keys.clientAuthorities.description, Keys.user.description,
            Keys.group.description, Keys.chroot.description,
            Keys.sandbox.description,
        ] + ContentSettings.settings + PolicySettings.settings + [
            Keys.limits.description, Keys.log.description, Keys.metrics.description, Keys.listeners.description,
            Keys.hosts.description,
        ]
    )

    init(_ table: TableReader) {
        self.lines = table.lines
        let short = (table[Keys.listen] ?? []).map { address in
            var listener = ListenerSettings(address)
            listener.lines = table.lines
            return listener
        }
        self.listeners = short + (table[Keys.listeners] ?? [])
        self.stateDirectory = table[Keys.stateDirectory]
        self.reusesPort = table[Keys.reusePort] ?? false
        self.allowsNameMismatch = table[Keys.nameMismatch] ?? false
        self.clientAuthorities = table[Keys.clientAuthorities] ?? []
        self.process.user = table[Keys.user]
        self.process.group = table[Keys.group]
        self.process.chroot = table[Keys.chroot]
        self.process.isSandboxed = table[Keys.sandbox] ?? true
        if let limits = table[Keys.limits] { self.limits = limits }
        if let log = table[Keys.log] { self.log = log }
        self.metrics = table[Keys.metrics]
        self.content = ContentSettings(table)
        self.policy = PolicySettings(table)
        self.hosts = table[Keys.hosts] ?? []
        self.checkHosts(table)
        self.checkListeners(table)
    }
}

extension ListenerSettings.Address: CustomStringConvertible {
    package var description: String {
        switch self {
        case .network(let address): "\(address)"
        case .unix(let path): "unix:\(path)"
        case .systemd(let name): "systemd:\(name)"
        }
    }
}
