/// What one request may cost the client.
///
/// Every span is a deadline that no trickle of bytes puts off, but for ``stallTimeout``, which begins anew with each piece.
public struct ClientLimits: Sendable, Hashable {
    /// From the start to the open TCP connection, the look-up of the name included.
    public var connectTimeout: Duration = .seconds(10)

    /// From there to the end of the TLS handshake, in which the ``TrustPolicy`` is asked.
    public var handshakeTimeout: Duration = .seconds(10)

    /// From the sent request to the end of the response's header.
    public var headerTimeout: Duration = .seconds(60)

    /// The longest that a server may send nothing of a body, or take nothing of an upload. Does not run while the reader
    /// of a streamed body is the one who waits, nor while the content of an upload is waited for.
    public var stallTimeout: Duration = .seconds(30)

    /// From the call to the last byte of the body, redirects included; `nil`: no limit.
    public var totalTimeout: Duration?

    /// The most bytes of a body; the client closes when there are more (GP-014). `nil`: no limit.
    public var maximumBodySize: Int?

    /// The most bytes of a header's text (GP-083, DA-05).
    public var maximumMetaLength = 1024

    public init() {}

    /// For a page that is kept in memory: at most 16 MiB, in at most two minutes.
    public static var page: ClientLimits {
        var limits = ClientLimits()
        limits.totalTimeout = .seconds(120)
        limits.maximumBodySize = 16 << 20
        return limits
    }

    /// For a body that is read as it comes: as long and as large as it likes, as long as it moves.
    public static var stream: ClientLimits {
        ClientLimits()
    }
}
