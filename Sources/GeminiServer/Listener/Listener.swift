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
    /// How long the kernel itself keeps what a client does not take.
    var stallTimeout: Duration

    /// Bytes read at once. Each connection keeps a buffer of this size; nearly every hello and every request fits.
    private static let receiveBufferSize = 2048

    var environment: ConnectionEnvironment {
        self.serving.withLockedValue { $0 }
    }

    /// Listens on each of the address's IP addresses.
    ///
    /// - Parameter taken: those that this server listens on already: `127.0.0.1` and `localhost` have one in common.
    func listen(
        on address: ListenAddress,
        besides taken: [SocketAddress] = []
    ) async throws(ListenError) -> [BoundAddress] {
        let resolved: [SocketAddress]
        do {
            resolved = try await self.resolve(address)
        } catch {
            throw .unknownHost(address)
        }
        var bound: [BoundAddress] = []
        do {
            for var socketAddress in resolved {
                // Port 0 picks one port for all of them.
                if address.port == 0, let picked = bound.first?.address?.port { socketAddress.port = picked }
                if taken.contains(socketAddress) { continue }
                bound.append(try await self.listen(on: socketAddress))
            }
        } catch {
            for address in bound { await address.close() }
            throw ListenError(error, address: address)
        }
        return bound
    }

    private func listen(on address: SocketAddress) async throws -> BoundAddress {
        let socket = try ListeningSocket(
            on: address,
            reusesPort: self.reusesPort,
            stallTimeout: self.stallTimeout
        )
        var channels: [any Channel] = []
        do {
            for acceptor in self.acceptors {
                channels.append(try await self.bootstrap(acceptor).withBoundSocket(socket.duplicate()).get())
            }
            try socket.listen()
        } catch {
            await BoundAddress(socket: socket, channels: channels).close()
            throw error
        }
        return BoundAddress(socket: socket, channels: channels)
    }

    /// All addresses of a name, so that `localhost` is both of its families.
    private func resolve(_ address: ListenAddress) async throws -> [SocketAddress] {
        if let literal = try? SocketAddress(ipAddress: address.host, port: address.port) {
            return [literal]
        }
        return try await self.environment.threadPool.runIfActive {
            var hints = unsafe addrinfo()
            unsafe hints.ai_socktype = CInt(SOCK_STREAM.rawValue)
            var list: UnsafeMutablePointer<addrinfo>?
            guard unsafe getaddrinfo(address.host, nil, &hints, &list) == 0 else {
                throw ListenError.unknownHost(address)
            }
            defer { unsafe freeaddrinfo(list) }
            var addresses: [SocketAddress] = []
            var entry = unsafe list
            while let current = unsafe entry {
                if let socketAddress = unsafe SocketAddress(current.pointee, port: address.port),
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

    private func bootstrap(_ acceptor: Acceptor) -> ServerBootstrap {
        ServerBootstrap(group: acceptor.eventLoop, childGroup: acceptor.connections)
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
            .childChannelOption(.tcpOption(.tcp_nodelay), value: 1)
            .childChannelOption(.allowRemoteHalfClosure, value: true)
            .childChannelOption(
                .recvAllocator,
                value: FixedSizeRecvByteBufferAllocator(capacity: Self.receiveBufferSize)
            )
            .childChannelOption(.writeBufferWaterMark, value: .init(low: 64 * 1024, high: 128 * 1024))
            .childChannelInitializer { channel in
                channel.eventLoop.makeCompletedFuture { try self.accept(channel) }
            }
    }

    private struct Refused: Error {}

    /// Sets up a connection on its event loop, or refuses it by throwing, which closes it with no byte sent.
    private func accept(_ channel: any Channel) throws {
        // Without an address the client has reset the connection already.
        guard let registry = self.registries[ObjectIdentifier(channel.eventLoop)]?.value,
            let remote = channel.remoteAddress
        else { throw Refused() }
        let environment = self.environment
        let origin = ConnectionCensus.Origin(remote)
        switch self.census.admit(origin) {
        case .admitted:
            break
        case .serverFull:
            environment.refusals.serverFull(self.census.maximum, now: .now())
            throw Refused()
        case .addressFull:
            environment.refusals.addressFull(self.census.maximumPerOrigin, remoteAddress: remote, now: .now())
            throw Refused()
        }
        let handshake = TLSHandshakeHandler(contexts: environment.contexts)
        let connection = ConnectionHandler(
            shared: environment,
            handshake: handshake,
            registry: registry,
            census: self.census,
            origin: origin,
            remoteAddress: remote
        )
        handshake.divert = { [unowned connection] serverName, hello, context in
            connection.passThrough(serverName, hello: hello, context: context)
        }
        try channel.pipeline.syncOperations.addHandler(handshake)
        try channel.pipeline.syncOperations.addHandler(connection)
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
