import GeminiTLS
import Logging
import NIOConcurrencyHelpers
import NIOCore
import NIOPosix

#if canImport(Darwin)
import Darwin
#elseif canImport(Glibc)
import Glibc
#elseif canImport(Musl)
import Musl
#endif

/// Opens listening sockets, and sets up the connections that they accept.
///
/// Each event loop accepts from every socket by a duplicate of its own, so that a connection stays on the thread that
/// accepted it. There is one queue a socket, and whichever loop is free takes from it: no connection waits for a busy
/// loop while another idles.
struct Listener {
    /// What connections begin under, which may be exchanged while the server runs.
    let serving: NIOLockedValueBox<ConnectionEnvironment>
    let census: ConnectionCensus
    let registries: [ObjectIdentifier: NIOLoopBound<ConnectionRegistry>]
    let group: any EventLoopGroup
    var reusesPort: Bool
    /// The port of sockets of this server that are to be closed when the new ones are open, and meanwhile share it with them.
    var sharedPort: Int?
    /// How long the kernel itself keeps what a client does not take.
    var stallTimeout: Duration

    /// Bytes read at once. Each connection keeps a buffer of this size; nearly every hello and every request fits.
    private static let receiveBufferSize = 2048

    var environment: ConnectionEnvironment {
        self.serving.withLockedValue { $0 }
    }

    /// Opens a listener: each IP address of a name, a Unix socket, or a socket that is there already.
    ///
    /// - Parameters:
    ///   - address: the listener's, with the port that was picked for it.
    ///   - points: what this server listens on already.
    ///   - alike: those of them with the same settings: `127.0.0.1` and `localhost` have one address in common.
    func open(
        _ listener: ListenerConfiguration,
        at address: ListenAddress,
        besides points: [ListeningPoint],
        alike: [ListeningPoint]
    ) async throws(ListenError) -> ListeningPoint {
        let settings = NIOLockedValueBox(listener)
        var bound: [BoundAddress] = []
        do {
            switch address.place {
            case .internet(let host, let port):
                let shared = alike.flatMap(\.addresses)
                let taken = points.flatMap(\.addresses)
                for var socketAddress in try await self.resolve(host, port: port, for: address) {
                    // Port 0 picks one port for all of them.
                    if port == 0, let picked = bound.first?.address?.port { socketAddress.port = picked }
                    if shared.contains(socketAddress) { continue }
                    if taken.contains(socketAddress) { throw ListenError.listedTwice(address) }
                    let socket = try ListeningSocket(
                        on: socketAddress,
                        reusesPort: self.reusesPort || self.sharedPort.map { $0 == port } ?? false,
                        stallTimeout: self.stallTimeout
                    )
                    bound.append(try await self.accept(from: socket, settings))
                }
            case .unixSocket(let path):
                bound.append(try await self.accept(from: ListeningSocket(at: path, mode: address.mode), settings))
            case .inherited(let descriptor):
                let socket = try ListeningSocket(inheriting: descriptor, stallTimeout: self.stallTimeout)
                bound.append(try await self.accept(from: socket, settings))
            }
        } catch {
            for address in bound { await address.close() }
            throw error as? ListenError ?? ListenError(error, address: address)
        }
        return ListeningPoint(settings, bound: bound)
    }

    private func accept(
        from socket: ListeningSocket,
        _ settings: NIOLockedValueBox<ListenerConfiguration>
    ) async throws -> BoundAddress {
        var channels: [any Channel] = []
        do {
            for acceptor in self.acceptors {
                let bootstrap = self.bootstrap(acceptor, socket, settings)
                channels.append(try await bootstrap.withBoundSocket(socket.duplicate()).get())
            }
            try socket.listen()
        } catch {
            await BoundAddress(socket: socket, channels: channels).close()
            throw error
        }
        return BoundAddress(socket: socket, channels: channels)
    }

    /// All addresses of a name, so that `localhost` is both of its families.
    private func resolve(_ host: String, port: Int, for address: ListenAddress) async throws -> [SocketAddress] {
        if let literal = try? SocketAddress(ipAddress: host, port: port) {
            return [literal]
        }
        return try await self.environment.threadPool.runIfActive {
            var hints = unsafe addrinfo()
            unsafe hints.ai_socktype = CInt(SOCK_STREAM.rawValue)
            var list: UnsafeMutablePointer<addrinfo>?
            guard unsafe getaddrinfo(host, nil, &hints, &list) == 0 else {
                throw ListenError.unknownHost(address)
            }
            defer { unsafe freeaddrinfo(list) }
            var addresses: [SocketAddress] = []
            var entry = unsafe list
            while let current = unsafe entry {
                if let socketAddress = unsafe SocketAddress(current.pointee, port: port),
                    !addresses.contains(socketAddress)
                {
                    addresses.append(socketAddress)
                }
                unsafe entry = current.pointee.ai_next
            }
            guard !addresses.isEmpty else { throw ListenError.unknownHost(address) }
            return addresses
        }
    }

    /// An event loop that accepts, and the loops that its connections go to.
    private struct Acceptor {
        var eventLoop: any EventLoop
        var connections: any EventLoopGroup
    }

    /// Each event loop for itself. In debug builds NIO takes it for a fault of its own when there is nothing to accept
    /// after all, which among loops that share a queue happens all the time; there, one loop accepts for all.
    private var acceptors: [Acceptor] {
        #if DEBUG
        [Acceptor(eventLoop: self.group.next(), connections: self.group)]
        #else
        self.group.makeIterator().map { Acceptor(eventLoop: $0, connections: $0) }
        #endif
    }

    private func bootstrap(
        _ acceptor: Acceptor,
        _ socket: ListeningSocket,
        _ settings: NIOLockedValueBox<ListenerConfiguration>
    ) -> ServerBootstrap {
        let (isUnix, isInherited) = (socket.isUnix, socket.isInherited)
        let bootstrap = ServerBootstrap(group: acceptor.eventLoop, childGroup: acceptor.connections)
            .serverChannelOption(.backlog, value: ListeningSocket.backlog)
            .serverChannelOption(.maxMessagesPerRead, value: 16)
            .serverChannelInitializer { channel in
                channel.eventLoop.makeCompletedFuture {
                    let pause = AcceptPauseHandler { [serving = self.serving] error in
                        serving.withLockedValue { $0.refusals }.failed(error, now: .now())
                    }
                    try channel.pipeline.syncOperations.addHandler(pause)
                }
            }
            .childChannelOption(.allowRemoteHalfClosure, value: true)
            .childChannelOption(
                .recvAllocator,
                value: FixedSizeRecvByteBufferAllocator(capacity: Self.receiveBufferSize)
            )
            .childChannelOption(.writeBufferWaterMark, value: .init(low: 64 * 1024, high: 128 * 1024))
            .childChannelInitializer { channel in
                channel.eventLoop.makeCompletedFuture {
                    let listener = settings.withLockedValue { $0 }
                    // Without an address the client has reset the connection already.
                    guard var remote = isUnix ? .some(nil) : channel.remoteAddress.map(Optional.some) else {
                        throw Refused()
                    }
                    if isInherited { remote = remote?.unmapped }
                    try self.accept(channel, from: remote, on: listener)
                }
            }
        return isUnix ? bootstrap : bootstrap.childChannelOption(.tcpOption(.tcp_nodelay), value: 1)
    }
}

extension SocketAddress {
    /// The address of one answer of the resolver, with a port.
    fileprivate init?(_ info: addrinfo, port: Int) {
        switch unsafe info.ai_family {
        case AF_INET:
            guard
                let address = unsafe info.ai_addr?.withMemoryRebound(
                    to: sockaddr_in.self,
                    capacity: 1,
                    { unsafe $0.pointee }
                )
            else { return nil }
            self = SocketAddress(address, host: "")
        case AF_INET6:
            guard
                let address = unsafe info.ai_addr?.withMemoryRebound(
                    to: sockaddr_in6.self,
                    capacity: 1,
                    { unsafe $0.pointee }
                )
            else { return nil }
            self = SocketAddress(address, host: "")
        default:
            return nil
        }
        self.port = port
    }
}
