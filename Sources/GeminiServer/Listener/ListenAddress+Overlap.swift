extension ListenAddress {
    /// Two of these addresses of which one holds the other, as `0.0.0.0` holds `127.0.0.1`, at one port: the system lets nobody
    /// have both who does not share the port (``ServerConfiguration/reusesPort``).
    ///
    /// - Returns: ``ListenError/listedWithin(_:_:)``, or `nil` where there are none. Of names, `localhost` alone is known.
    package static func overlap(among addresses: [ListenAddress]) -> ListenError? {
        self.firstOverlap(among: addresses).map { .listedWithin($0.all, $0.one) }
    }

    /// The first two of these addresses of which `all` holds `one`.
    package static func firstOverlap(
        among addresses: [ListenAddress]
    ) -> (all: ListenAddress, one: ListenAddress)? {
        for all in addresses {
            guard let holds = all.holds, let port = all.port, port != 0 else { continue }
            if let one = addresses.first(where: { $0.port == port && $0.host != all.host && holds($0) }) {
                return (all, one)
            }
        }
        return nil
    }

    /// Whether an address is one of those that this stands for; `nil` where it does not stand for all of a family.
    private var holds: ((ListenAddress) -> Bool)? {
        switch self.host {
        case "0.0.0.0": { $0.isLocalhost || ($0.host?.isIPv4 ?? false) }
        case "::": { $0.isLocalhost || ($0.host?.contains(":") ?? false) }
        default: nil
        }
    }

    private var isLocalhost: Bool {
        self.host?.lowercased() == "localhost"
    }
}

extension String {
    /// Whether this is an IPv4 address rather than a name.
    fileprivate var isIPv4: Bool {
        !self.isEmpty && self.utf8.allSatisfy { $0 == UInt8(ascii: ".") || (0x30...0x39).contains($0) }
    }
}
