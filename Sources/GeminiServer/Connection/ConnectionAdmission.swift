public import NIOCore

/// Decides whether a client may have a connection at all, before it costs a handshake.
///
/// Asked once for each connection, on its event loop, as soon as the visitor's address is known: when it is accepted, or
/// when a proxy's header has told it. It must not wait for anything. Who is refused sees the connection close with no byte.
public protocol ConnectionAdmission: Sendable {
    /// - Parameters:
    ///   - address: the visitor's; `nil` on a Unix socket.
    ///   - now: the time.
    func admits(_ address: SocketAddress?, at now: NIODeadline) -> Bool
}
