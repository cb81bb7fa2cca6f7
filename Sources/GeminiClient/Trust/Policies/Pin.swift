public import GeminiProtocol

/// A server and a fingerprint of its certificate or of its public key.
public struct Pin: Sendable, Hashable {
    public var host: Host
    public var port: UInt16
    /// The SHA-256 of the whole certificate or of the public key: either is recognised.
    public var fingerprint: Fingerprint

    public init(host: Host, port: UInt16 = GeminiURL.defaultPort, fingerprint: Fingerprint) {
        self.host = host.withoutTrailingDot
        self.port = port
        self.fingerprint = fingerprint
    }

    /// Reads a pin as people write it.
    ///
    /// ```swift
    /// try Pin("example.org", "SHA256:86341F…")
    /// try Pin("[2001:db8::1]:1966", "86:34:1F:…")
    /// ```
    ///
    /// - Parameters:
    ///   - server: a host, or `host:port`.
    ///   - fingerprint: in any spelling that `Fingerprint` reads.
    public init(_ server: String, _ fingerprint: String) throws(PinError) {
        guard let read = Fingerprint(parsing: fingerprint) else { throw .fingerprint(fingerprint) }
        if let (host, port) = KnownHostsLine.hostAndPort(server[...]) {
            self.init(host: host, port: port, fingerprint: read)
        } else if let host = try? Host(server) {
            self.init(host: host, fingerprint: read)
        } else {
            throw .server(server)
        }
    }
}

/// Why text is no ``Pin``.
public enum PinError: Error, Sendable, Hashable, CustomStringConvertible {
    case server(String)
    case fingerprint(String)

    public var description: String {
        switch self {
        case .server(let text): "'\(text)' is no server: write a host, or a host, a colon and a port."
        case .fingerprint(let text): "'\(text)' is no SHA-256 fingerprint: write 64 hexadecimal digits, or base64."
        }
    }
}
