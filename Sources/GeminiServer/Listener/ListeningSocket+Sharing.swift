import NIOCore

#if canImport(Darwin)
import Darwin
#elseif canImport(Glibc)
import Glibc
#elseif canImport(Musl)
import Musl
#endif

/// One port for several sockets.
extension ListeningSocket {
    /// Whether other sockets of this user may have the address too that want it as well. May change while it listens: the
    /// system looks at what is so when another is bound.
    ///
    /// Linux remembers besides that sockets of a port have shared it: see ``endSharing(of:)``.
    func share(_ isShared: Bool) throws(IOError) {
        try self.set(SOL_SOCKET, SO_REUSEPORT, isShared ? 1 : 0)
    }

    /// Has the system forget that sockets of a port have shared it, when none of them wants to any longer.
    ///
    /// Linux keeps that with the port (`fastreuseport` of its bind bucket), lets every socket of the same user have the port
    /// for it, and does not look at the sockets that listen. The next socket that gets the port and does not share it ends
    /// that, at whatever address: so one is bound for a moment, where none of those that listen are.
    ///
    /// - Returns: whether the port is shared no longer. With sockets at `0.0.0.0` and `::` there is no such address.
    static func endSharing(of port: Int) -> Bool {
        #if os(Linux)
        Self.addressesAside.contains { host in
            guard let address = try? SocketAddress(ipAddress: host, port: port) else { return false }
            return (try? ListeningSocket(binding: address)) != nil
        }
        #else
        true
        #endif
    }

    #if os(Linux)
    /// Addresses at which hardly anybody listens: the last one of the loopback, the IPv6 loopback, and one that leads nowhere
    /// (RFC 6666).
    private static let addressesAside = ["127.255.255.254", "::1", "100::1"]
    #endif
}
