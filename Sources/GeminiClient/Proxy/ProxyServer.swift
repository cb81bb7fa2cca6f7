public import GeminiProtocol

/// A server that relays requests for other hosts (GP-180).
///
/// The connection is one with the proxy in every respect: its address, its SNI, the trust in it and the identity that is
/// shown are the proxy's own; only the request line names the origin (GP-186). The proxy sees all that is asked for and
/// answered, so a user should be told that it is there: ``Exchange/proxy`` says so with each result (GP-185).
public struct ProxyServer: Sendable, Hashable {
    public var host: Host
    public var port: UInt16

    /// The schemes of URLs that go to the proxy; `gemini` unless given. A proxy may translate others, such as `https`.
    public var schemes: Set<String>

    public init(host: Host, port: UInt16 = GeminiURL.defaultPort, schemes: Set<String> = ["gemini"]) {
        self.host = host
        self.port = port
        self.schemes = schemes
    }
}
