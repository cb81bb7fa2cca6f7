public import GeminiProtocol

/// The host name by which a ``ReverseProxy`` asks its origin: in the request, in the TLS handshake (SNI), and when its
/// certificate is judged.
public enum OriginName: Hashable, Sendable {
    /// The origin's own, as its address has it.
    case origin
    /// The one that the visitor asked for, for origins that serve several hosts, or make links of their own address.
    case visitor
    /// Another, for an origin that is known by an address only.
    case named(Host)
}
