import GeminiProtocol
import NIOCore
import NIOPosix

#if canImport(Darwin)
import Darwin
#elseif canImport(Glibc)
import Glibc
#elseif canImport(Musl)
import Musl
#endif

extension ClientConnection {
    /// Connects to the host: to an address at once, to a name by Happy Eyeballs (RFC 8305), IPv6 and IPv4 by turns.
    ///
    /// The winner gets its handlers only then, so that no more than one connection ever speaks.
    func connect() {
        let connection = NIOLoopBound(self, eventLoop: self.eventLoop)
        var bootstrap = ClientBootstrap(group: self.eventLoop)
            .channelOption(.tcpOption(.tcp_nodelay), value: 1)
            .connectTimeout(TimeAmount(self.order.limits.connectTimeout))
            .channelInitializer { channel in
                channel.eventLoop.makeCompletedFuture {
                    guard connection.value.attempt(channel) else { throw ChannelError.ioOnClosedChannel }
                }
            }
        if let makeResolver = self.order.makeResolver {
            bootstrap = bootstrap.resolver(makeResolver(self.eventLoop))
        }
        let port = Int(self.order.addressPort ?? self.order.port)
        let channel: EventLoopFuture<any Channel>
        switch (self.order.address ?? self.order.host).kind {
        case .name(let name):
            channel = bootstrap.connect(host: name, port: port)
        case .ipv4(let address):
            channel = bootstrap.connect(to: address.description, port: port, on: self.eventLoop)
        case .ipv6(let address):
            channel = bootstrap.connect(to: address.description, port: port, on: self.eventLoop)
        }
        channel.hop(to: self.eventLoop).assumeIsolated().whenComplete { result in
            switch result {
            case .success(let channel): self.connected(channel)
            case .failure(let error): self.fail(self.connectionError(error))
            }
        }
    }

    private func connectionError(_ error: any Error) -> ClientError {
        // Where a detour leads is not what the URL says, so the error names that.
        let host = self.order.addressPort == nil ? self.order.host : self.order.address ?? self.order.host
        let port = self.order.addressPort ?? self.order.port
        switch error {
        case ChannelError.connectTimeout:
            return .timedOut(host, .connecting)
        case let error as NIOConnectionError:
            guard let last = error.connectionErrors.last else { return .hostNotFound(host) }
            return self.connectionError(last.error, at: host, port)
        default:
            return self.connectionError(error, at: host, port)
        }
    }

    private func connectionError(_ error: any Error, at host: Host, _ port: UInt16) -> ClientError {
        // A refusal has a code of its own: here somebody let us in, and reset the connection before we had looked.
        if (error as? IOError)?.errnoCode == ECONNRESET { return .tlsFailed(host, reason: .closedBeforeTLS) }
        return .cannotConnect(host, port: port, reason: error.systemReason)
    }
}

extension ClientBootstrap {
    fileprivate func connect(
        to address: String,
        port: Int,
        on eventLoop: any EventLoop
    ) -> EventLoopFuture<any Channel> {
        do {
            return self.connect(to: try SocketAddress(ipAddress: address, port: port))
        } catch {
            return eventLoop.makeFailedFuture(error)
        }
    }
}
