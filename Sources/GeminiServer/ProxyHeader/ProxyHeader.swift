import GeminiProtocol
public import NIOCore

/// The header of the PROXY protocol, by which a proxy tells the server behind it who the visitor is: it goes over the
/// connection first of all, before TLS (PP-02, PP-24).
///
/// Whoever may connect to that server can say anything in it, so the server has to take it from its proxy only:
/// ``ListenerConfiguration/proxyProtocol`` names that. It is sent by ``PassThroughHost/proxyHeader``.
public struct ProxyHeader: Hashable, Sendable {
    /// The forms of the header.
    public enum Version: Hashable, Sendable {
        /// A line of text (PP-10).
        case v1
        /// Binary, with the name that the visitor asked for (PP-20, PP-22).
        case v2
    }

    /// Where the visitor connected from.
    public var source: SocketAddress?
    /// The address of ours that the visitor connected to.
    public var destination: SocketAddress?
    /// The host name that the visitor asked for; only the second version tells it.
    public var authority: String?

    public init(source: SocketAddress?, destination: SocketAddress?, authority: String? = nil) {
        self.source = source
        self.destination = destination
        self.authority = authority
    }

    /// The bytes to send. Addresses that are no two IP addresses of one kind are told as unknown.
    public func encoded(_ version: Version) -> ByteBuffer {
        switch version {
        case .v1: ByteBuffer(bytes: self.fields.line)
        case .v2: ByteBuffer(bytes: self.fields.block)
        }
    }
}
