/// One place where a server listens, and what is special about the connections that come there.
///
/// ```swift
/// var onion = ListenerConfiguration(.unixSocket("/run/canaveral/onion.sock"))
/// onion.tls = false
/// configuration.listeners.append(onion)
/// ```
public struct ListenerConfiguration: Hashable, Sendable {
    public var address: ListenAddress

    /// Whether connections are TLS ones.
    ///
    /// Without it requests come in the clear, for tunnels and onion services that protect the connection themselves and
    /// for proxies that end TLS: ``Request/tls`` and ``Request/clientCertificate`` are `nil`. The end of a response is that
    /// of the connection; one that breaks off is reset, since there is no close_notify that could be missing. Never on an
    /// address that strangers reach: Gemini is TLS (GP-001).
    public var tls = true

    /// Whether each connection begins with the header of a proxy that tells the visitor's address; `nil`: none does, and
    /// one that comes all the same is garbage (PP-01).
    public var proxyProtocol: ProxyProtocol?

    /// Who may connect; anybody else's connection is closed with no byte sent. `nil`: everybody.
    ///
    /// Judged when a connection is accepted or, with ``proxyProtocol``, when the header has told the visitor's address. A
    /// proxy that tells none, as HAProxy's health checks do, is judged by its own.
    public var allowedAddresses: AddressRules?

    /// The port that visitors connect to, where a router, tunnel or container hands it on to another one here: the one that
    /// a URL may name (GP-056) and that ``Request/localAddress`` has. `nil`: the port that is listened on. The header of a
    /// proxy tells more than this, and goes before it; a Unix socket has no port, and takes URLs with any.
    public var publicPort: Int?

    public init(_ address: ListenAddress) {
        self.address = address
    }

    /// Whether connections on the two are treated alike.
    func hasSettings(of other: ListenerConfiguration) -> Bool {
        var other = other
        other.address = self.address
        return self == other
    }
}
