import ArgumentParser
import GeminiProtocol
import GeminiServer

/// Where the server listens, and by what names it goes.
struct ListenOptions: ParsableArguments {
    @Option(
        name: [.customShort("H"), .customLong("host")],
        help: ArgumentHelp(
            "An address to listen on. Repeat it. (default: this machine only, over IPv4 and IPv6, while the only --hostname is localhost; every address otherwise)",
            valueName: "address"
        )
    )
    var addresses: [String] = []

    @Option(
        name: .shortAndLong,
        parsing: .unconditional,
        help: ArgumentHelp("The port; 0 picks a free one.", valueName: "number"),
        transform: OptionValue.number(in: 0...65535, as: "a port from 1 to 65535, or 0 for any that is free").transform
    )
    var port = 1965

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
    }

    /// The hosts that are served.
    func hosts() -> [Host] {
        var hosts: [Host] = []
        for case let host? in self.names.map({ try? Host($0).withoutTrailingDot }) where !hosts.contains(host) {
            hosts.append(host)
        }
        return hosts.isEmpty ? [ServiceDefaults.localhost] : hosts
    }

    /// The addresses to listen on.
    func listenAddresses() -> [ListenAddress] {
        if !self.addresses.isEmpty {
            let listed = self.addresses.map { address in
                // Brackets are how URLs spell IPv6 addresses; here they are understood too.
                let bare =
                    address.hasPrefix("[") && address.hasSuffix("]") ? String(address.dropFirst().dropLast()) : address
                return ListenAddress(host: bare, port: self.port)
            }
            return listed.reduce(into: []) { if !$0.contains($1) { $0.append($1) } }
        }
        return self.hosts() == [ServiceDefaults.localhost]
            ? ListenAddress.loopback(port: self.port) : ListenAddress.any(port: self.port)
    }
}
