import NIOCore

/// What one client may cost the server: every limit, with the default that suits a public capsule.
///
/// The lengths that the protocol fixes are not here: a request line holds at most 1,024 bytes and its CRLF, the text of
/// a response header at most 1,024 bytes.
public struct Limits: Hashable, Sendable {
    /// From the connection to the end of its TLS handshake.
    public var handshakeTimeout: Duration = .seconds(10)

    /// From the handshake to the end of the request line. However slowly a client types, this much it has and no more.
    /// Below six seconds, a server breaks clients that wait five for an answer to an unfinished line (GP-051).
    public var requestTimeout: Duration = .seconds(10)

    /// The longest that a client may take none of the bytes that wait for it, or send none of an upload that is waited for.
    /// A response as a whole may take as long as it likes.
    public var stallTimeout: Duration = .seconds(60)

    /// How long a finished connection is kept for the client to close its side, so that what it still sends does not
    /// reset the connection under the response (GP-053).
    public var linger: Duration = .seconds(2)

    /// Bytes of a Titan upload that are taken where its responder names no limit of its own (TI-16). As many are dropped of
    /// one that was answered early and still goes on (TI-13).
    public var uploadSize = Self.standardUploadSize

    /// From the request line of an upload to the last byte of its body, however steadily it trickles in.
    public var uploadTimeout: Duration = .seconds(600)

    /// Connections open at once. Half of the process's descriptors are the most, less a few, and what `nil` means: a connection
    /// may need one for itself and one for the file that it is sent.
    public var maximumConnections: Int?

    /// Connections open at once from one address; an IPv6 network of 64 bits counts as one. `nil`: no limit.
    public var maximumConnectionsPerAddress: Int? = 256

    /// 10 MiB.
    public static let standardUploadSize = 10 * 1024 * 1024

    public init() {}
}

extension Duration {
    /// The same span for NIO's deadlines.
    var timeAmount: TimeAmount {
        TimeAmount(self)
    }
}
