public import GeminiProtocol

/// Where a server listens: an IP address and a port, a Unix socket, or a socket that somebody else has opened.
public struct ListenAddress: Hashable, Sendable, CustomStringConvertible {
    /// What tells one address from another.
    public enum Place: Hashable, Sendable {
        /// An IP address, without brackets, or the name of a host, which stands for each of its addresses; port 0 has the
        /// system pick one.
        case internet(host: String, port: Int)
        /// The path of a Unix socket.
        case unixSocket(path: String)
        /// The number of a descriptor of this process.
        case inherited(descriptor: CInt)
    }

    public var place: Place

    /// Whether a server goes on without it where the machine has no such address, as where IPv6 is switched off.
    public var isOptional = false

    /// The permissions of a Unix socket's file: who may write to it may connect.
    public var mode: UInt16 = 0o660

    /// What an inherited socket is called where it comes from.
    public var name: String?

    public init(host: String, port: Int = 1965, isOptional: Bool = false) {
        self.place = .internet(host: host, port: port)
        self.isOptional = isOptional
    }

    private init(_ place: Place) {
        self.place = place
    }

    /// A Unix socket, for a proxy or a tunnel on the same machine.
    ///
    /// Its file is made when the server begins to listen, takes the place of one that nobody listens on any more, and goes
    /// with the server. A client on it has no IP address: unless a PROXY header tells of one, ``Request/remoteAddress`` is
    /// `nil`, the access log has `-`, and limits by address do not apply.
    ///
    /// - Parameters:
    ///   - path: where its file is, at most about a hundred bytes.
    ///   - mode: the permissions of the file; nobody gets in before it has them.
    public static func unixSocket(_ path: String, mode: UInt16 = 0o660) -> ListenAddress {
        var address = ListenAddress(.unixSocket(path: path))
        address.mode = mode
        return address
    }

    /// A stream socket that listens already, over IP or as a Unix socket, such as systemd hands to a service.
    ///
    /// The server accepts from it by duplicates of its own, and neither closes nor removes it: connections that come when it
    /// has stopped wait in the socket's queue for whoever comes next.
    ///
    /// - Parameters:
    ///   - descriptor: the socket's number in this process.
    ///   - name: what it is called in messages.
    public static func inherited(descriptor: CInt, name: String? = nil) -> ListenAddress {
        var address = ListenAddress(.inherited(descriptor: descriptor))
        address.name = name
        return address
    }

    /// The IP address or name; `nil` for what is no IP address and port.
    public var host: String? {
        if case .internet(let host, _) = self.place { host } else { nil }
    }

    /// The port; `nil` for what is no IP address and port.
    public var port: Int? {
        if case .internet(_, let port) = self.place { port } else { nil }
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
        switch self.place {
        case .internet(let host, let port): host.contains(":") ? "[\(host)]:\(port)" : "\(host):\(port)"
        case .unixSocket(let path): "unix:\(path)"
        case .inherited(let descriptor): self.name.map { "the inherited socket \($0)" } ?? "descriptor \(descriptor)"
        }
    }
}
