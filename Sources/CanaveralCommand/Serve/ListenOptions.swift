import ArgumentParser
import CanaveralConfiguration
import GeminiProtocol
import GeminiServer

/// Where the server listens, and by what names it goes.
struct ListenOptions: ParsableArguments {
    @Option(
        name: [.customShort("H"), .customLong("host")],
        help: ArgumentHelp(
            "An address to listen on. Repeat it. (default: this machine only, over IPv4 and IPv6, while every --hostname is localhost or a loopback address; every address otherwise)",
            valueName: "address"
        )
    )
    var addresses: [String] = []

    @Option(
        name: [.customShort("p"), .customLong("port")],
        parsing: .unconditional,
        help: ArgumentHelp("The port; 0 picks a free one. (default: 1965)", valueName: "number"),
        transform: OptionValue.number(in: 0...65535, as: "a port from 1 to 65535, or 0 for any that is free").transform
    )
    var givenPort: Int?

    /// The port that is listened on.
    var port: Int { self.givenPort ?? 1965 }

    @Option(
        name: .customLong("listen"),
        help: ArgumentHelp(
            "An address with its port to listen on, 'unix:' and the path of a Unix socket, or 'systemd:' and the name of a socket that systemd opened. Repeat it.",
            valueName: "address"
        ),
        transform: { text in
            do throws(ListenAddressProblem) {
                return try ListenerSettings.Address(text)
            } catch {
                throw ValidationError(
                    error.sentence
                        ?? "it takes an address and a port, as 0.0.0.0:1965 or [::]:1965, unix:/run/gemini.sock or systemd:gemini."
                )
            }
        }
    )
    var listen: [ListenerSettings.Address] = []

    @Flag(
        name: .customLong("proxy-protocol"),
        help:
            "Require the PROXY protocol, version 1 or 2, by which a proxy before this server tells the visitor's address."
    )
    var requiresProxyHeader = false

    @Option(
        name: .customLong("proxy-trust"),
        help: ArgumentHelp(
            "An address, or a range such as 10.0.0.0/8, whose PROXY headers are believed; others are refused. Repeat it. (default: this machine)",
            valueName: "range"
        ),
        transform: { text in
            do {
                return try AddressRange(parsing: text)
            } catch {
                throw ValidationError("\(error)")
            }
        }
    )
    var proxySources: [AddressRange] = []

    @Flag(
        name: .customLong("no-tls"),
        help: "Serve in the clear, without certificates: for tunnels and onion services, which encrypt by themselves."
    )
    var isPlain = false

    @Option(
        name: .customLong("public-port"),
        parsing: .unconditional,
        help: ArgumentHelp(
            "The port that visitors connect to, where a router, tunnel or container hands it on to --port: the one that URLs may name. (default: the port that is listened on)",
            valueName: "number"
        ),
        transform: OptionValue.number(in: 1...65535, as: "a port from 1 to 65535").transform
    )
    var publicPort: Int?

    @Option(
        name: .customLong("hostname"),
        help: ArgumentHelp(
            "A host name that is served. Repeat it. Requests for any other host get 53. (default: localhost)",
            valueName: "name"
        )
    )
    var names: [String] = []

    @Flag(
        name: .customLong("reuse-port"),
        help:
            "Let another canaveral with this flag listen on the same addresses, so that a new version can start before the old one stops."
    )
    var reusesPort = false

    func validate() throws {
        for name in self.names where (try? Host(name)) == nil {
            throw ValidationError("'\(name)' is no host name, such as example.org.")
        }
        for address in self.addresses where !address.isEmpty && address.allSatisfy(\.isNumber) {
            throw ValidationError("'\(address)' in --host is no address: name the port with --port.")
        }
        if !self.proxySources.isEmpty, !self.requiresProxyHeader {
            throw ValidationError("--proxy-trust goes with --proxy-protocol.")
        }
    }

    /// The hosts that are served.
    func hosts() -> [Host] {
        var hosts: [Host] = []
        for case let host? in self.names.map({ try? Host($0).withoutTrailingDot }) where !hosts.contains(host) {
            hosts.append(host)
        }
        return hosts.isEmpty ? [ServiceDefaults.localhost] : hosts
    }

    /// Whether anything here says where to listen.
    private var namesAddresses: Bool {
        !self.addresses.isEmpty || !self.listen.isEmpty
    }

    /// The listeners of a configuration, as these flags change them: addresses take the place of those of `listen`, and leave
    /// each `[[listener]]`, which says more than flags can; a port alone leaves the addresses as they are.
    func listeners(of configuration: Configuration) -> [ListenerSettings] {
        var listeners = configuration.listeners
        if self.namesAddresses || listeners.isEmpty {
            let isOpen = configuration.hosts.contains { !$0.wildcards.isEmpty }
            let addresses =
                self.namesAddresses
                ? self.addresses.flatMap(self.listenAddresses)
                : isOpen
                    ? ListenAddress.any(port: self.port)
                    : ListenAddress.standard(for: configuration.hosts.flatMap(\.exactNames), port: self.port)
            let network = addresses.reduce(into: []) { if !$0.contains($1) { $0.append($1) } }
                .map(ListenerSettings.Address.network)
            let tables = listeners.filter(\.isTable)
            let named = (network + self.listen).filter { address in !tables.contains { $0.address == address } }
            listeners = named.map { ListenerSettings($0) } + tables
        } else if let givenPort {
            listeners = Self.listeners(listeners, at: givenPort)
        }
        for index in listeners.indices {
            if self.isPlain { listeners[index].isTLS = false }
            if let publicPort, !listeners[index].isUnixSocket { listeners[index].publicPort = publicPort }
            if self.requiresProxyHeader {
                listeners[index].proxySources =
                    self.proxySources.isEmpty ? Self.thisMachine : self.proxySources
            }
        }
        return listeners
    }

    /// Whether a port was given that is none of an address.
    func isPortUnused(with listeners: [ListenerSettings]) -> Bool {
        self.givenPort != nil && !self.namesAddresses && !listeners.isEmpty
            && !listeners.contains { if case .network = $0.address { true } else { false } }
    }

    /// Listeners with another port; of those that become equal, the first.
    private static func listeners(_ listeners: [ListenerSettings], at port: Int) -> [ListenerSettings] {
        var taken: Set<ListenerSettings.Address> = []
        return listeners.map { listener in
            var listener = listener
            if case .network(let address) = listener.address {
                listener.address = .network(ListenAddress(host: address.host ?? "", port: port))
            }
            return listener
        }.filter { taken.insert($0.address).inserted }
    }

    private static let thisMachine: [AddressRange] = ["127.0.0.0/8", "::1/128"]

    /// What is meant by an address or name that is listened on.
    private func listenAddresses(_ address: String) -> [ListenAddress] {
        // Brackets are how URLs spell IPv6 addresses; here they are understood too.
        let bare = address.hasPrefix("[") && address.hasSuffix("]") ? String(address.dropFirst().dropLast()) : address
        // Where the system resolves it to one family, localhost is both all the same.
        if bare.lowercased() == "localhost" { return ListenAddress.loopback(port: self.port) }
        return [ListenAddress(host: bare, port: self.port)]
    }
}
