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
    /// Linux remembers besides at which address a port was shared last: see ``bindAside(_:sharesPort:)``.
    func share(_ isShared: Bool) throws(IOError) {
        try self.set(SOL_SOCKET, SO_REUSEPORT, isShared ? 1 : 0)
    }

    /// Whether another socket of this user can have an address.
    static func isShared(_ address: SocketAddress) -> Bool {
        (try? ListeningSocket(binding: address, sharesPort: true)) != nil
    }

    #if os(Linux)
    /// Binds sockets for a moment to a port at addresses where nobody is to be found.
    ///
    /// Linux keeps with a port at which address it was shared last (`fastreuseport` and `fast_rcv_saddr` of its bind bucket),
    /// and lets every socket of the same user have what that address holds, without a look at the sockets that listen. Who
    /// shares the port at another address has it remembered instead, and who gets it without sharing it ends that.
    static func bindAside(_ port: Int, sharesPort: Bool) {
        // The second is remembered where the first is held by the address before it.
        for host in ["100::1", "127.255.255.254"] {
            guard let address = try? SocketAddress(ipAddress: host, port: port) else { continue }
            _ = try? ListeningSocket(binding: address, sharesPort: sharesPort)
        }
    }
    #endif
}
