import GeminiServer

extension ConfiguredServer {
    /// What the settings' listeners are to a server.
    func listeners(_ problems: inout [ConfigurationProblem]) -> [ListenerConfiguration] {
        var listeners: [ListenerConfiguration] = []
        for settings in self.configuration.listeners.isEmpty ? self.standardListeners : self.configuration.listeners {
            do {
                for address in try self.addresses(of: settings) {
                    var listener = ListenerConfiguration(address)
                    listener.tls = settings.isTLS
                    listener.proxyProtocol = settings.proxySources.map(ProxyProtocol.init)
                    listener.publicPort = settings.publicPort
                    listener.allowedAddresses = settings.addresses.admitsEverybody ? nil : settings.addresses
                    listeners.append(listener)
                }
            } catch {
                problems.append(
                    ConfigurationProblem("\(error)", at: "\(settings.key) \(settings.address)", line: settings.line)
                )
            }
        }
        if !self.configuration.reusesPort, let error = ListenAddress.overlap(among: listeners.map(\.address)) {
            problems.append(
                ConfigurationProblem("\(error)", at: "listen", line: self.configuration.listeners.last?.line)
            )
        }
        if let sentence = self.configuration.metrics.flatMap({ Self.objection(toMetricsAt: $0, beside: listeners) }) {
            problems.append(
                ConfigurationProblem(sentence, at: "metrics", line: self.configuration.lines["metrics"])
            )
        }
        return listeners
    }

    /// What keeps metrics from an address that is listened on for visitors.
    private static func objection(
        toMetricsAt metrics: ListenAddress,
        beside listeners: [ListenerConfiguration]
    ) -> String? {
        guard let port = metrics.port, port != 0 else { return nil }
        let holder = listeners.map(\.address).first { address in
            address.port == port
                && (!Self.hosts(of: address).isDisjoint(with: Self.hosts(of: metrics))
                    || ListenAddress.overlap(among: [address, metrics]) != nil)
        }
        return holder.map { holder in
            holder == metrics
                ? "The server listens on \(metrics) for visitors: name another port."
                : "The server listens on \(holder) for visitors, and one of the two holds the other: name another port."
        }
    }

    /// What an address is, where it is known without a look-up.
    private static func hosts(of address: ListenAddress) -> Set<String> {
        guard let host = address.host?.lowercased() else { return [] }
        return host == "localhost" ? [host, "127.0.0.1", "::1"] : [host]
    }

    private func addresses(of settings: ListenerSettings) throws -> [ListenAddress] {
        switch settings.address {
        case .network(let address): [address]
        case .unix(let path): [.unixSocket(path, mode: settings.mode.map(UInt16.init) ?? 0o660)]
        case .systemd(let name):
            try self.inheritedSockets(name).map { .inherited(descriptor: $0, name: "systemd:\(name)") }
        }
    }

    /// Every address, or this machine only while nobody else can ask for any of the hosts.
    private var standardListeners: [ListenerSettings] {
        let isOpen = self.configuration.hosts.contains { !$0.wildcards.isEmpty }
        let addresses =
            isOpen ? ListenAddress.any() : ListenAddress.standard(for: self.configuration.hosts.flatMap(\.exactNames))
        return addresses.map { ListenerSettings(.network($0)) }
    }
}

/// A socket that is to come from systemd, and has not.
struct MissingSocket: Error, CustomStringConvertible {
    let name: String

    var description: String {
        "systemd has opened no socket named '\(self.name)': start the server by its socket unit, with FileDescriptorName=\(self.name) in it."
    }
}
