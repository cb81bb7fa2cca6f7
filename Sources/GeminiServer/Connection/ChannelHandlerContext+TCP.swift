import CLinux
import NIOCore

#if canImport(Darwin)
import Darwin
#elseif canImport(Glibc)
import Glibc
#elseif canImport(Musl)
import Musl
#endif

/// What a connection asks of the kernel's TCP.
extension ChannelHandlerContext {
    /// The bytes that the system has not taken yet.
    var bufferedBytes: Int {
        (try? self.channel.syncOptions?.getOption(.bufferedWritableBytes)) ?? 0
    }

    /// How far the peer's system has come with what was sent, as the kernel sees it.
    func transmission() -> EventLoopFuture<Transmission> {
        #if os(Linux)
        guard let socket = self.channel as? any SocketOptionProvider else {
            return self.eventLoop.makeFailedFuture(ChannelError.operationUnsupported)
        }
        let info: EventLoopFuture<clinux_tcp_info> = socket.unsafeGetSocketOption(
            level: .tcp,
            name: .init(rawValue: CInt(CLINUX_TCP_INFO))
        )
        return info.map {
            Transmission(acknowledged: $0.bytes_acked, isPending: $0.unacked > 0 || $0.notsent_bytes > 0)
        }
        #else
        return self.eventLoop.makeFailedFuture(ChannelError.operationUnsupported)
        #endif
    }

    /// Has the kernel drop what it still holds for the peer when the socket is closed, rather than try for minutes.
    func discardUnsentOnClose() {
        (self.channel as? any SocketOptionProvider)?
            .setSoLinger(linger(l_onoff: 1, l_linger: 0))
            .whenFailure { _ in }
    }
}

/// What the kernel knows of the bytes that were sent on a connection.
struct Transmission: Sendable {
    /// The bytes that the peer's system has acknowledged.
    var acknowledged: UInt64 = 0
    /// Whether the kernel holds bytes that are not acknowledged.
    var isPending = false
}
