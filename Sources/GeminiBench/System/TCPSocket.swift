import NIOCore

#if canImport(Darwin)
import Darwin
#elseif canImport(Glibc)
import Glibc
#elseif canImport(Musl)
import Musl
#endif

// This folder is where the module is unsafe: it calls BoringSSL and the system's sockets as they are. Channels of NIO and
// NIOSSL would be safe, but cost a load generator more per request than the server that it measures, and cannot resume
// sessions.

/// A TCP socket that never blocks.
struct TCPSocket {
    let descriptor: CInt

    /// Begins to connect.
    ///
    /// - Returns: the socket, or the error that the system gave at once.
    static func connecting(to address: SocketAddress) -> Result<TCPSocket, SystemError> {
        #if canImport(Darwin)
        let opened = socket(Self.family(of: address), SOCK_STREAM, 0)
        #elseif canImport(Glibc)
        let opened = socket(
            Self.family(of: address),
            CInt(SOCK_STREAM.rawValue | SOCK_NONBLOCK.rawValue | SOCK_CLOEXEC.rawValue),
            0
        )
        #else
        let opened = socket(Self.family(of: address), SOCK_STREAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 0)
        #endif
        guard opened >= 0 else { return .failure(SystemError(errno: errno)) }
        let connecting = TCPSocket(descriptor: opened)
        #if canImport(Darwin)
        _ = fcntl(opened, F_SETFL, O_NONBLOCK)
        _ = fcntl(opened, F_SETFD, FD_CLOEXEC)
        connecting.set(SOL_SOCKET, SO_NOSIGPIPE)
        #endif
        connecting.set(CInt(IPPROTO_TCP), TCP_NODELAY)
        let result = unsafe address.withSockAddr { unsafe connect(opened, $0, socklen_t($1)) }
        if result != 0 && errno != EINPROGRESS {
            let error = SystemError(errno: errno)
            connecting.close()
            return .failure(error)
        }
        return .success(connecting)
    }

    private static func family(of address: SocketAddress) -> CInt {
        CInt(address.protocol.rawValue)
    }

    private func set(_ level: CInt, _ option: CInt) {
        var on: CInt = 1
        _ = unsafe setsockopt(self.descriptor, level, option, &on, socklen_t(MemoryLayout<CInt>.size))
    }

    /// What came of connecting, or `nil` if it went well.
    func takeError() -> SystemError? {
        var error: CInt = 0
        var length = socklen_t(MemoryLayout<CInt>.size)
        guard unsafe getsockopt(self.descriptor, SOL_SOCKET, SO_ERROR, &error, &length) == 0 else {
            return SystemError(errno: errno)
        }
        return error == 0 ? nil : SystemError(errno: error)
    }

    /// Waits for a connection under way, which only the look before a run does.
    func waitUntilConnected(within limit: Duration) -> SystemError? {
        var waiting = pollfd(fd: self.descriptor, events: Int16(POLLOUT), revents: 0)
        let limit = CInt(
            clamping: limit.components.seconds * 1000 + limit.components.attoseconds / 1_000_000_000_000_000
        )
        switch unsafe poll(&waiting, 1, limit) {
        case 0: return SystemError(errno: ETIMEDOUT)
        case 1...: return self.takeError()
        default: return SystemError(errno: errno)
        }
    }

    func close() {
        #if canImport(Darwin)
        _ = Darwin.close(self.descriptor)
        #elseif canImport(Glibc)
        _ = Glibc.close(self.descriptor)
        #elseif canImport(Musl)
        _ = Musl.close(self.descriptor)
        #endif
    }
}
