import ArgumentParser
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
        name: .shortAndLong,
        parsing: .unconditional,
        help: ArgumentHelp("The port; 0 picks a free one. (default: 1965)", valueName: "number"),
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
        let addresses =
            self.addresses.isEmpty
            ? ListenAddress.standard(for: self.hosts(), port: self.port) : self.addresses.flatMap(self.listenAddresses)
        return addresses.reduce(into: []) { if !$0.contains($1) { $0.append($1) } }
    }

    /// What is meant by an address or name that is listened on.
    private func listenAddresses(_ address: String) -> [ListenAddress] {
        // Brackets are how URLs spell IPv6 addresses; here they are understood too.
        let bare = address.hasPrefix("[") && address.hasSuffix("]") ? String(address.dropFirst().dropLast()) : address
        // Where the system resolves it to one family, localhost is both all the same.
        if bare.lowercased() == "localhost" { return ListenAddress.loopback(port: self.port) }
        return [ListenAddress(host: bare, port: self.port)]
    }
}
