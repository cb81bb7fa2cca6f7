/// What client and server agreed on for one connection.
public struct TLSSession: Hashable, Sendable {
    /// A version of TLS; older ones are refused.
    public enum Version: String, Hashable, Sendable {
        case v1_2 = "TLSv1.2"
        case v1_3 = "TLSv1.3"
    }

    /// `rawValue` is OpenSSL's name, as CGI programs expect it in `TLS_VERSION`.
    public var version: Version

    /// The cipher suite, if it could be told.
    public var cipherSuite: CipherSuite?

    /// The host name that the client asked for in its hello (SNI), in lower case.
    public var serverName: String?

    public init(version: Version, cipherSuite: CipherSuite?, serverName: String?) {
        self.version = version
        self.cipherSuite = cipherSuite
        self.serverName = serverName
    }
}
