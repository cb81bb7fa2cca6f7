public import GeminiServer

/// What programs behind a gateway are told about the server.
public struct GatewayServer: Sendable {
    /// `SERVER_SOFTWARE`: name and version with a slash between, as RFC 3875 §4.1.17 has it.
    public var software = "canaveral"

    /// `SERVER_NAME`, where it is not to be the host of the URL.
    public var name: String?

    /// Whether a certificate is vouched for by an authority of the server's own (`TLS_CLIENT_AUTHORISED`); without one,
    /// none is.
    public var authorizes: (@Sendable (ClientCertificate) -> Bool)?

    public init(software: String = "canaveral", name: String? = nil) {
        self.software = software
        self.name = name
    }
}
