import GeminiProtocol
import GeminiTLS
import NIOConcurrencyHelpers
import NIOCore
import NIOPosix
import NIOSSL

/// A connection for each request, over TCP and TLS.
struct LoopbackWire: Wire {
    let address: SocketAddress
    private let contexts = NIOLockedValueBox<[Fingerprint?: NIOSSLContext]>([:])

    init(address: SocketAddress) {
        self.address = address
    }

    func send(_ call: Call) async throws -> Inbox {
        let inbox = Inbox(limit: call.faults.responseCut)
        let channel = try await self.connect(call, inbox)
        inbox.whenLeft { channel.pipeline.fireUserInboundEventTriggered(LoopbackHandler.Departure()) }
        try await withTaskCancellationHandler {
            try await self.send(call, on: channel, inbox)
        } onCancel: {
            inbox.leave()
        }
        return inbox
    }

    private func send(_ call: Call, on channel: any Channel, _ inbox: Inbox) async throws {
        let sender = RequestSender(call)
        do {
            while let piece = try await sender.next() {
                do {
                    try await channel.writeAndFlush(piece)
                } catch is ChannelError {
                    break  // the server has answered, and takes no more
                }
            }
        } catch {
            inbox.leave()
            throw error
        }
        if call.isAbandoned {
            inbox.leave()
        } else if call.faults.endsInput {
            try? await channel.close(mode: .output)
        }
    }

    private func connect(_ call: Call, _ inbox: Inbox) async throws -> any Channel {
        let context = try self.context(for: call.identity)
        let serverName = call.serverName
        var bootstrap = ClientBootstrap(group: MultiThreadedEventLoopGroup.singleton)
            .channelOption(.allowRemoteHalfClosure, value: true)
            .channelOption(.tcpOption(.tcp_nodelay), value: 1)
        if let origin = call.origin {
            bootstrap = bootstrap.bind(to: try SocketAddress(ipAddress: origin, port: 0))
        }
        let handshake = MultiThreadedEventLoopGroup.singleton.any().makePromise(of: Void.self)
        bootstrap = bootstrap.channelInitializer { channel in
            channel.eventLoop.makeCompletedFuture {
                let tls =
                    // An address is no server name.
                    try (try? NIOSSLClientHandler(context: context, serverHostname: serverName))
                    ?? NIOSSLClientHandler(context: context, serverHostname: nil)
                try channel.pipeline.syncOperations.addHandlers(
                    tls,
                    LoopbackHandler(inbox: inbox, tls: tls, handshake: handshake)
                )
            }
        }
        let channel: any Channel
        do {
            channel = try await bootstrap.connect(to: self.address).get()
        } catch {
            handshake.fail(error)
            throw TestError.noConnection(reason: "\(error)")
        }
        do {
            try await handshake.futureResult.get()
        } catch {
            try? await channel.close()
            throw TestError.noConnection(reason: "\(error)")
        }
        return channel
    }

    private func context(for identity: VisitorIdentity?) throws -> NIOSSLContext {
        if let context = self.contexts.withLockedValue({ $0[identity?.fingerprint] }) { return context }
        var configuration = TLSConfiguration.makeClientConfiguration()
        configuration.certificateVerification = .none
        configuration.trustRoots = .certificates([])
        configuration.minimumTLSVersion = .tlsv12
        configuration.shutdownTimeout = .milliseconds(100)
        if let identity = identity?.identity {
            configuration.certificateChain = try identity.nioSSLCertificates().map { .certificate($0) }
            configuration.privateKey = .privateKey(try identity.nioSSLPrivateKey())
        }
        let context = try NIOSSLContext(configuration: configuration)
        self.contexts.withLockedValue { $0[identity?.fingerprint] = context }
        return context
    }
}
