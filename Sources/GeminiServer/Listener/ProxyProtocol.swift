import NIOCore

/// The PROXY protocol, as a listener behind a proxy takes it: version 1 or 2, required of each connection, before TLS
/// (PP-01, PP-02).
///
/// The visitor's address and the address that the visitor connected to take the place of the connection's own, in
/// ``Request``, in logs, and for every limit by address; the port of a URL is held against the port that the visitor
/// connected to (GP-056). Where the header tells no addresses (`UNKNOWN`, `LOCAL`) the connection keeps its own, and counts
/// under no address, so that a proxy's own checks are not limited.
///
/// ```swift
/// var listener = ListenerConfiguration(ListenAddress(host: "10.0.0.2"))
/// listener.proxyProtocol = ProxyProtocol(trustedSources: ["10.0.0.1"])
/// ```
public struct ProxyProtocol: Hashable, Sendable {
    /// The proxies. A connection from anywhere else is closed with no byte sent, since it could claim to be anybody.
    ///
    /// Where it is empty, nobody is trusted but who connects to a Unix socket: who may do that, its file's permissions say.
    public var trustedSources: [AddressRange]

    /// - Parameter trustedSources: by default, proxies on this machine.
    public init(trustedSources: [AddressRange] = ["127.0.0.0/8", "::1"]) {
        self.trustedSources = trustedSources
    }

    /// - Parameter address: `nil` for a connection over a Unix socket.
    func trusts(_ address: SocketAddress?) -> Bool {
        guard let address else { return true }
        return self.trustedSources.contains { $0.contains(address) }
    }
}
