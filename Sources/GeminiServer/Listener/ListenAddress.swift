public import GeminiProtocol

/// An address that a server listens on.
public struct ListenAddress: Hashable, Sendable, CustomStringConvertible {
    /// An IP address, without brackets, or the name of a host, which stands for each of its addresses.
    public var host: String

    /// The port; 0 has the system pick one.
    public var port: Int

    /// Whether a server goes on without it where the machine has no such address, as where IPv6 is switched off.
    public var isOptional: Bool

    public init(host: String, port: Int = 1965, isOptional: Bool = false) {
        self.host = host
        self.port = port
        self.isOptional = isOptional
    }

    /// Every address of the machine, IPv4 and, where there is any, IPv6 by a socket each.
    public static func any(port: Int = 1965) -> [ListenAddress] {
        [ListenAddress(host: "0.0.0.0", port: port), ListenAddress(host: "::", port: port, isOptional: true)]
    }

    /// This machine only, IPv4 and, where there is any, IPv6.
    public static func loopback(port: Int = 1965) -> [ListenAddress] {
        [ListenAddress(host: "127.0.0.1", port: port), ListenAddress(host: "::1", port: port, isOptional: true)]
    }

    /// Where a server for these hosts listens unless it is told: this machine only while all of them are loopback ones,
    /// for which nobody outside can ask; every address otherwise.
    public static func standard(for hosts: some Sequence<Host>, port: Int = 1965) -> [ListenAddress] {
        guard hosts.allSatisfy(\.isLoopback) else { return Self.any(port: port) }
        var addresses = Self.loopback(port: port)
        for case .ipv4(let address) in hosts.map(\.kind) {
            let address = ListenAddress(host: address.description, port: port)
            if !addresses.contains(address) { addresses.append(address) }
        }
        return addresses
    }

    public var description: String {
        self.host.contains(":") ? "[\(self.host)]:\(self.port)" : "\(self.host):\(self.port)"
    }
}
