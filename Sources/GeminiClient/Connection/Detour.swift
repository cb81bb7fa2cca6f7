public import GeminiProtocol

/// Another place at which a server is reached than the one that its name leads to: to try a host before its name is known,
/// or one machine of several.
///
/// ```swift
/// configuration.detour = Detour(from: try Host("example.org"), to: try Host("192.0.2.7"))
/// ```
///
/// Only the connection goes elsewhere. The request line, SNI, trust and identity stay those of the host in the URL, and
/// other hosts, as in a redirect, are reached by their own names.
public struct Detour: Sendable, Hashable {
    /// The host in URLs.
    public var host: Host
    /// The port in URLs.
    public var port: UInt16
    /// What is connected to instead: an address, or another name.
    public var address: Host
    /// The port that is connected to instead.
    public var addressPort: UInt16

    /// - Parameters:
    ///   - host: the host in URLs.
    ///   - port: the port in URLs.
    ///   - address: the host name or IP address to connect to instead.
    ///   - addressPort: the port there; `nil` for the one in URLs.
    public init(
        from host: Host,
        port: UInt16 = GeminiURL.defaultPort,
        to address: Host,
        port addressPort: UInt16? = nil
    ) {
        self.host = host
        self.port = port
        self.address = address
        self.addressPort = addressPort ?? port
    }
}
