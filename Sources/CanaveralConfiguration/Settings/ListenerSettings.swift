package import GeminiServer
import TOML

/// What one `[[listener]]` says.
package struct ListenerSettings: Hashable, Sendable {
    /// What is listened on.
    package enum Address: Hashable, Sendable {
        case network(ListenAddress)
        case unix(path: String)
        /// A socket that systemd opened, by its name.
        case systemd(name: String)
    }

    package var address: Address
    /// The mode of a Unix socket.
    package var mode: Int?
    /// Whether connections are TLS.
    package var isTLS = true
    /// From whom PROXY headers are taken, and required; `nil` where there are none (PP-01).
    package var proxySources: [AddressRange]?
    /// The port that visitors connect to, where it is another than the one that is listened on.
    package var publicPort: Int?
    package var addresses = AddressRules()
    /// For problems: where its settings stand in the file, or where `listen` does.
    package var lines = SettingLines()

    /// Whether it is a `[[listener]]`, and no address of `listen` or of a flag.
    package var isTable: Bool { self.key == "listener" }

    package var isUnixSocket: Bool {
        if case .unix = self.address { true } else { false }
    }

    /// The setting that names its address.
    var key: String { self.line == self.lines[Configuration.Keys.listen.name] ? "listen" : "listener" }
    var line: Int? { self.lines[Keys.address.name] ?? self.lines[Configuration.Keys.listen.name] }

    package init(_ address: Address) {
        self.address = address
    }
}

extension ListenerSettings {
    enum Keys {
        static let address = Setting(
            "address",
            .listenAddress,
            """
            What to listen on: an address and a port, "unix:" and the path of a Unix socket, or "systemd:" and the name of a \
            socket that systemd opened (FileDescriptorName= in the socket unit).
            """,
            example: "\"127.0.0.1:1966\""
        )
        static let mode = Setting(
            "mode",
            .fileMode,
            "The mode of a Unix socket, in octal: who may connect.",
            standard: "\"0660\"",
            example: "\"0600\""
        )
        static let tls = Setting(
            "tls",
            .flag,
            """
            Whether connections are TLS. Without, requests and pages go in the clear, and nobody can show a certificate: for \
            tunnels and onion services, which encrypt by themselves.
            """,
            standard: "true",
            example: "false"
        )
        static let proxyProtocol = Setting(
            "proxy-protocol",
            .list(of: .addressRange),
            """
            Require the PROXY protocol, version 1 or 2, from these addresses, which are those of your proxies; connections from \
            all others are refused. The visitor's address is the one that the proxy tells. Over a Unix socket everybody who may \
            connect is trusted.
            """,
            example: "[\"127.0.0.1\", \"10.0.0.0/8\"]"
        )
        static let publicPort = Setting(
            "public-port",
            .number(1...65535, "a port from 1 to 65535"),
            """
            The port that visitors connect to, where a router, tunnel or container hands it on to the one that is listened on: \
            the port that URLs may name.
            """,
            example: "1965"
        )
        static let allow = Setting(
            "allow-from",
            .nonEmptyList(of: .addressRange),
            "Only these addresses may connect; others are closed before TLS.",
            example: "[\"192.0.2.0/24\", \"2001:db8::/32\"]"
        )
        static let deny = Setting(
            "deny-from",
            .list(of: .addressRange),
            "These addresses may not connect, also where allow-from has them.",
            example: "[\"192.0.2.66\"]"
        )
    }

    static let schema = TableSchema(
        "listener",
        "An address to listen on, with settings of its own.",
        [
            Keys.address.description, Keys.mode.description, Keys.tls.description, Keys.proxyProtocol.description,
            Keys.publicPort.description, Keys.allow.description, Keys.deny.description,
        ]
    )

    init?(_ table: TableReader) {
        let address = table[Keys.address]
        if address == nil, !table.has(Keys.address) { table.report("A listener needs its 'address'.") }
        let mode = table[Keys.mode]
        let isTLS = table[Keys.tls]
        let proxySources = table[Keys.proxyProtocol]
        let publicPort = table[Keys.publicPort]
        let rules = AddressRules(allowed: table[Keys.allow] ?? [], denied: table[Keys.deny] ?? [])
        guard let address else { return nil }
        self.init(address)
        self.mode = mode
        self.isTLS = isTLS ?? true
        self.proxySources = proxySources
        self.publicPort = publicPort
        self.addresses = rules
        self.lines = table.lines
        guard self.isUnixSocket else {
            if mode != nil { table.report("A mode is for Unix sockets only.", at: Keys.mode.name) }
            if case .network = address, proxySources?.isEmpty == true {
                table.report(
                    "The list is empty, so that every connection is refused: name the addresses of your proxies, or leave the setting out.",
                    at: Keys.proxyProtocol.name
                )
            }
            return
        }
        if publicPort != nil {
            table.report("A Unix socket has no port, and takes URLs with any: leave it out.", at: Keys.publicPort.name)
        }
    }
}

extension ValueForm where Value == ListenerSettings.Address {
    static var listenAddress: ValueForm {
        ValueForm("an address and port such as \"0.0.0.0:1965\", \"unix:/run/gemini.sock\" or \"systemd:gemini\"") {
            node,
            place in
            do throws(ListenAddressProblem) {
                return try ListenerSettings.Address(node.value, resolve: place.resolved)
            } catch {
                place.report(
                    error.sentence
                        ?? "It takes an address and port such as \"0.0.0.0:1965\" or \"[::]:1965\", \"unix:/run/gemini.sock\" or \"systemd:gemini\", and is \(node.value.shown)."
                )
                return nil
            }
        }
    }
}

extension ValueForm where Value == Int {
    /// As `chmod` takes it, in octal.
    static var fileMode: ValueForm {
        ValueForm("a mode in octal such as \"0660\"") { node in
            guard case .string(let text) = node, let mode = Int(text, radix: 8), (0...0o777).contains(mode) else {
                return nil
            }
            return mode
        }
    }
}
