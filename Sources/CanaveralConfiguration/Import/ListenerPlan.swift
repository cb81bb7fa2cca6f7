import GeminiServer

/// The addresses that a peer listens at, in this program's spelling.
struct ListenerPlan {
    /// Where connections come from that begin with a PROXY header.
    enum ProxyProtocol {
        case off
        case required
    }

    struct Listener: Equatable {
        /// As in `0.0.0.0:1965` or `unix:/run/capsule`.
        var address: String
        var tls = true
        var proxyProtocol = ProxyProtocol.off
        var origin: String?
        /// Where it stands, if it stands in a file.
        var place: SourcePlace?

        /// What there is to compare; `nil` for a Unix socket.
        fileprivate var network: ListenAddress? {
            guard case .network(let address)? = try? ListenerSettings.Address(self.address) else { return nil }
            return address
        }
    }

    private(set) var listeners: [Listener] = []

    /// - Returns: the address and port as one, with an IPv6 address in brackets.
    static func address(_ host: String, port: Int) -> String {
        host.contains(":") && !host.hasPrefix("[") ? "[\(host)]:\(port)" : "\(host):\(port)"
    }

    static let everywhere = ["0.0.0.0", "::"]

    mutating func add(_ listener: Listener) {
        guard !self.listeners.contains(where: { $0.address == listener.address }) else { return }
        self.listeners.append(listener)
    }

    /// Takes out each address that another one has already, as `[::]:1965` has `[::1]:1965`: nobody can listen on both.
    ///
    /// - Returns: those, and the ones that have them.
    mutating func removeHeld() -> [(held: Listener, by: String)] {
        var removed: [(held: Listener, by: String)] = []
        while let pair = ListenAddress.firstOverlap(among: self.listeners.compactMap(\.network)),
            let index = self.listeners.firstIndex(where: { $0.network == pair.one })
        {
            removed.append((self.listeners.remove(at: index), "\(pair.all)"))
        }
        return removed
    }

    /// Writes them: plain ones into `listen`, others as tables.
    func write(to table: inout ConfigurationDocument.Table) {
        let plain = self.listeners.filter { $0.tls && $0.proxyProtocol == .off }
        if !plain.isEmpty {
            let origins = plain.compactMap(\.origin)
            let origin = Set(origins).count == 1 && origins.count == plain.count ? origins[0] : nil
            table.set("listen", to: .strings(plain.map(\.address)), from: origin)
        }
        for listener in self.listeners where !plain.contains(listener) {
            var entry = ConfigurationDocument.Table()
            entry.set("address", to: listener.address, from: listener.origin)
            if !listener.tls { entry.set("tls", to: .boolean(false)) }
            if listener.proxyProtocol == .required {
                entry.remarks.append("The header is required from proxy-protocol: name the proxies' addresses alone.")
                entry.set("proxy-protocol", to: .strings(Self.sources(reaching: listener.address)))
            }
            table.append("listener", entry)
        }
    }

    /// Everybody who can reach an address.
    private static func sources(reaching address: String) -> [String] {
        if address.hasPrefix("127.") { return ["127.0.0.0/8"] }
        if address.hasPrefix("[::1]:") { return ["::1/128"] }
        if address.hasPrefix("localhost:") { return ["127.0.0.0/8", "::1/128"] }
        return ["0.0.0.0/0", "::/0"]
    }
}
