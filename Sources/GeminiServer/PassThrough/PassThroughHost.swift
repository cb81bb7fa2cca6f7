public import GeminiProtocol

/// A host whose connections are handed, as they are, to another server: TLS does not end here but there.
///
/// For daemons that want to see the visitor's own certificate, which nobody can pass on. The name in the client's hello
/// picks the host; of the rest of the connection nothing is read, so that limits for requests, uploads and responses are the
/// back end's to keep. The server's access log gets one line a connection, with `tls://` and the name in place of the request.
///
/// ```swift
/// configuration.passThrough = [
///     PassThroughHost(names: [try Host("astro.example.org")], to: .init(host: "127.0.0.1", port: 1966))
/// ]
/// ```
public struct PassThroughHost: Sendable {
    /// The server behind this one.
    public struct BackEnd: Hashable, Sendable, CustomStringConvertible {
        /// An IP address, without brackets, or a name.
        public var host: String
        public var port: Int

        public init(host: String, port: Int = 1965) {
            self.host = host
            self.port = port
        }

        public var description: String {
            self.host.contains(":") ? "[\(self.host)]:\(self.port)" : "\(self.host):\(self.port)"
        }
    }

    /// The names in clients' hellos that mean this host.
    public var names: [Host]

    /// More such names, by pattern. A host that has a name of its own comes first, also where it is served here.
    public var wildcards: [HostPattern] = []

    /// Where the connections go.
    public var backEnd: BackEnd

    /// Whether each connection begins with a PROXY header that tells the visitor's address (PP-24). The back end has to
    /// expect one.
    public var proxyHeader: ProxyHeader.Version?

    /// Connections to the back end at once; a connection above that is closed with no byte sent. `nil`: as many as the
    /// server takes itself.
    public var maximumConnections: Int?

    /// The time to connect to the back end; the hello waits meanwhile.
    public var connectTimeout: Duration = .seconds(10)

    /// The longest that one side may take none of the bytes that wait for it.
    public var stallTimeout: Duration = .seconds(60)

    /// The longest that both sides may be silent. Deliberately long: a live page is silent until something happens.
    public var idleTimeout: Duration = .seconds(3600)

    public init(names: [Host], to backEnd: BackEnd, proxyHeader: ProxyHeader.Version? = nil) {
        self.names = names
        self.backEnd = backEnd
        self.proxyHeader = proxyHeader
    }
}
