import GeminiTLS
import Logging
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
/// One listening socket an address, whose connections are dealt to the event loops in turn. A hand-over between loops
/// costs microseconds beside the hundreds of a handshake, and one queue means that no connection waits for a busy loop
/// while another idles in `accept`.
struct Listener {
    let environment: ConnectionEnvironment
    let contexts: TLSContexts
    let census: ConnectionCensus
    let registries: [ObjectIdentifier: NIOLoopBound<ConnectionRegistry>]
    let group: any EventLoopGroup
    let reusesPort: Bool

    /// The connections that the kernel completes before they are accepted: enough for a burst of a thousand. The
    /// kernel caps it by itself (`net.core.somaxconn`).
    private static let backlog: CInt = 4096

    func listen(on address: ListenAddress) async throws(ListenError) -> [any Channel] {
        let resolved: [SocketAddress]
        do {
            resolved = try await self.resolve(address)
        } catch {
            throw .unknownHost(address)
        }
        var channels: [any Channel] = []
        for socketAddress in resolved {
            do {
                channels.append(try await self.bootstrap(for: socketAddress).bind(to: socketAddress).get())
            } catch {
                for channel in channels { try? await channel.close() }
                throw ListenError(error, address: address)
            }
        }
        return channels
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

    private func bootstrap(for address: SocketAddress) -> ServerBootstrap {
        var bootstrap = ServerBootstrap(group: self.group)
            .serverChannelOption(.backlog, value: Self.backlog)
            .serverChannelOption(.maxMessagesPerRead, value: 32)
            .serverChannelOption(.socketOption(.so_reuseaddr), value: 1)
            .serverChannelInitializer { channel in
                channel.eventLoop.makeCompletedFuture {
                    // Out of descriptors: pause, and go on accepting when some have come free.
                    try channel.pipeline.syncOperations.addHandler(AcceptBackoffHandler())
                }
            }
            .childChannelOption(.tcpOption(.tcp_nodelay), value: 1)
            .childChannelOption(.allowRemoteHalfClosure, value: true)
            .childChannelOption(.recvAllocator, value: FixedSizeRecvByteBufferAllocator(capacity: 4096))
            .childChannelOption(.writeBufferWaterMark, value: .init(low: 64 * 1024, high: 128 * 1024))
            .childChannelInitializer { channel in
                channel.eventLoop.makeCompletedFuture { try self.accept(channel) }
            }
        if case .v6 = address {
            // IPv4 has a socket of its own, whatever the system's default.
            bootstrap = bootstrap.serverChannelOption(
                ChannelOptions.Types.SocketOption(level: .ipv6, name: .ipv6_v6only),
                value: 1
            )
        }
        if self.reusesPort {
            bootstrap = bootstrap.serverChannelOption(
                .socketOption(.init(rawValue: CInt(SO_REUSEPORT))),
                value: 1
            )
        }
        return bootstrap
    }

    private struct Refused: Error {}

    /// Sets up a connection on its event loop, or refuses it by throwing, which closes it with no byte sent.
    private func accept(_ channel: any Channel) throws {
        // Without an address the client has reset the connection already.
        guard let registry = self.registries[ObjectIdentifier(channel.eventLoop)]?.value,
            let remote = channel.remoteAddress
        else { throw Refused() }
        let origin = ConnectionCensus.Origin(remote)
        switch self.census.admit(origin) {
        case .admitted:
            break
        case .serverFull:
            self.environment.logger.debug("A connection was refused: as many are open as may be.")
            throw Refused()
        case .addressFull:
            self.environment.logger.debug(
                "A connection was refused: its address has as many open as it may have.",
                metadata: ["gemini.remote-address": "\(remote)"]
            )
            throw Refused()
        }
        channel.closeFuture.whenComplete { [census] _ in census.leave(origin) }
        let handshake = TLSHandshakeHandler(contexts: self.contexts)
        let connection = ConnectionHandler(shared: self.environment, handshake: handshake, registry: registry)
        try channel.pipeline.syncOperations.addHandlers([handshake, connection])
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
