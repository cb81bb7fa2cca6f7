public import GeminiProtocol
public import NIOCore

/// One Gemini or Titan request, as a responder sees it: well-formed, and addressed to a host that is served here.
public struct Request: Sendable {
    /// What the client sent: the URL in its normal form, and path and query as they came (GP-062).
    public var line: RequestLine

    /// The address that the connection came from.
    public var remoteAddress: SocketAddress?

    /// The address of ours that the connection came to.
    public var localAddress: SocketAddress?

    /// What was negotiated for the connection.
    public var tls: TLSSession?

    /// The client's identity, if it showed one. It is proven to be the client's, and nothing else about it is checked:
    /// anybody can make a certificate in any name, and it may have expired (GP-150).
    public var clientCertificate: ClientCertificate?

    /// The encoded path, without a slash at its end, beneath which the responder is mounted; empty for the whole host.
    /// What a responder does with paths it does with the part behind it, ``localPath``.
    public var basePath = ""

    /// What a Titan request is about to send; `nil` for a request to read, such as one to edit (TI-34).
    public var upload: Upload?

    public init(
        line: RequestLine,
        remoteAddress: SocketAddress? = nil,
        localAddress: SocketAddress? = nil,
        tls: TLSSession? = nil,
        clientCertificate: ClientCertificate? = nil,
        upload: Upload? = nil
    ) {
        self.line = line
        self.remoteAddress = remoteAddress
        self.localAddress = localAddress
        self.tls = tls
        self.clientCertificate = clientCertificate
        self.upload = upload
    }

    /// The URL in normal form (GP-026): scheme and host in lower case, dot segments resolved, no needless escapes.
    public var url: GeminiURL {
        self.line.url
    }
}
