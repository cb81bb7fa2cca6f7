package import GeminiProtocol
package import NIOCore

/// A request that is sent for somebody else, as it is, and the server that it goes to.
package struct RelayedRequest: Sendable {
    package var line: RequestLine
    package var upload: UploadContent?
    /// The name by which the server is asked (SNI) and by which it is trusted.
    package var host: Host
    package var port: UInt16
    /// Where to connect, if not to the host by its name.
    package var address: Host?
    package var identity: ClientIdentity?
    /// What goes over the connection before TLS begins, such as a PROXY header (PP-02).
    package var preamble: ByteBuffer?
    /// Told on the event loop when the TCP connection is there, before a byte has left.
    package var connected: (@Sendable (any Channel) -> Void)?

    package init(line: RequestLine, host: Host, port: UInt16) {
        self.line = line
        self.host = host
        self.port = port
    }
}

/// The answer to a ``RelayedRequest``.
package struct RelayedResponse: Sendable {
    /// The header, with whatever the server made of it.
    package let header: ResponseHeader
    /// The body of a success, as it comes.
    package let body: PageBody?
}
