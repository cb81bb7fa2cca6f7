public import GeminiProtocol
public import NIOCore

/// What an access log is told about one exchange.
public struct AccessLogEntry: Sendable {
    /// Where the client connected from.
    public var remoteAddress: SocketAddress?

    /// When the connection was accepted.
    public var acceptedAt: Timestamp

    /// The request line as it came, without CRLF, whatever its bytes; at most 1,026 of them.
    public var requestLine: [UInt8]

    /// The header that was sent, or `nil` if the connection ended before there was one.
    public var header: ResponseHeader?

    /// Bytes of header and body that were handed to the system to be sent.
    public var bytes = 0

    /// Whether the response was sent to its end.
    public var isComplete = false

    public init(remoteAddress: SocketAddress?, acceptedAt: Timestamp, requestLine: [UInt8]) {
        self.remoteAddress = remoteAddress
        self.acceptedAt = acceptedAt
        self.requestLine = requestLine
    }
}
