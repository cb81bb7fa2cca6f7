import GeminiTLS
import NIOConcurrencyHelpers
import NIOCore
import NIOPosix
import NIOSSL

/// A server on a loopback port that does one thing wrong, at any level down to the packets.
final class FaultyServer: Sendable {
    let port: UInt16
    private let listener: any Channel

    private init(_ listener: any Channel) {
        self.listener = listener
        self.port = UInt16(listener.localAddress?.port ?? 0)
    }

    /// Runs a server for as long as the closure does.
    ///
    /// - Parameter certificates: a chain other than a good one for `localhost`, with its key.
    static func run<Result>(
        _ fault: Fault,
        certificates: (chain: [NIOSSLCertificate], key: NIOSSLPrivateKey)? = nil,
        _ body: (FaultyServer) async throws -> Result
    ) async throws -> Result {
        let identity = try Identity.generate(names: ["localhost"], at: .now)
        let chain = try certificates?.chain ?? identity.nioSSLCertificates()
        var configuration = TLSConfiguration.makeServerConfiguration(
            certificateChain: chain.map { .certificate($0) },
            privateKey: .privateKey(try certificates?.key ?? identity.nioSSLPrivateKey())
        )
        configuration.minimumTLSVersion = .tlsv12
        configuration.certificateVerification = .optionalVerification
        configuration.trustRoots = .certificates([])
        configuration.verifySignatureAlgorithms = [.ed25519, .ecdsaSecp256R1Sha256]
        configuration.shutdownTimeout = .milliseconds(600)
        fault.tls(&configuration)
        let contexts = [
            try NIOSSLContext(configuration: configuration), try NIOSSLContext(configuration: configuration),
        ]
        let counters = NIOLockedValueBox(Counters())

        let bootstrap = ServerBootstrap(group: MultiThreadedEventLoopGroup.singleton)
            .serverChannelOption(.backlog, value: 256)
            .childChannelOption(.allowRemoteHalfClosure, value: true)
            .childChannelOption(.tcpOption(.tcp_nodelay), value: 1)
            .childChannelInitializer { channel in
                channel.eventLoop.makeCompletedFuture {
                    let handler = FirstBytesHandler(fault: fault, contexts: contexts, counters: counters)
                    try channel.pipeline.syncOperations.addHandler(handler)
                }
            }
        let listener = try await bootstrap.bind(host: "127.0.0.1", port: 0).get()
        do {
            let result = try await body(FaultyServer(listener))
            try await listener.close()
            return result
        } catch {
            try? await listener.close()
            throw error
        }
    }

    struct Counters {
        var connections = 0
        var requests = 0
    }
}

/// Decides by the first bytes of a connection what becomes of it.
private final class FirstBytesHandler: ChannelInboundHandler {
    typealias InboundIn = ByteBuffer
    typealias OutboundOut = ByteBuffer

    private let fault: Fault
    private let contexts: [NIOSSLContext]
    private let counters: NIOLockedValueBox<FaultyServer.Counters>
    private var isPassing = false
    private var hasPlace = false

    init(fault: Fault, contexts: [NIOSSLContext], counters: NIOLockedValueBox<FaultyServer.Counters>) {
        self.fault = fault
        self.contexts = contexts
        self.counters = counters
    }

    func channelActive(context: ChannelHandlerContext) {
        self.hasPlace = self.counters.withLockedValue { counters in
            counters.connections += 1
            return counters.connections <= self.fault.places
        }
        if let patience = self.fault.patience {
            let channel = context.channel
            let loopBound = NIOLoopBound(self, eventLoop: context.eventLoop)
            context.eventLoop.scheduleTask(in: TimeAmount(patience)) {
                if !loopBound.value.isPassing { channel.close(promise: nil) }
            }
        }
    }

    func channelInactive(context: ChannelHandlerContext) {
        self.counters.withLockedValue { $0.connections -= 1 }
        context.fireChannelInactive()
    }

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        guard !self.isPassing else {
            context.fireChannelRead(data)
            return
        }
        let bytes = Array(self.unwrapInboundIn(data).readableBytesView)
        guard self.hasPlace else { return }
        guard let facts = HelloFacts(bytes) else {
            switch self.fault.plaintext {
            case .silence: context.close(promise: nil)
            case .alert:
                context.writeAndFlush(NIOAny(ByteBuffer(bytes: [0x15, 3, 3, 0, 2, 2, 70])), promise: nil)
                context.close(promise: nil)
            case .answer:
                context.writeAndFlush(NIOAny(ByteBuffer(string: "20 text/gemini\r\n# Hello\n")), promise: nil)
                context.close(promise: nil)
            }
            return
        }
        let reaction = self.fault.hello(facts)
        guard reaction != .ignore else { return }
        guard reaction != .drop else {
            context.close(promise: nil)
            return
        }
        self.isPassing = true
        let tls = self.contexts[reaction == .acceptAnew ? 1 : 0]
        let handler =
            self.fault.judgesCertificates
            ? NIOSSLServerHandler(context: tls)
            : NIOSSLServerHandler(
                context: tls,
                customVerificationCallback: { _, promise in promise.succeed(.certificateVerified) }
            )
        let script = FaultyHandler(fault: self.fault, tls: handler, counters: self.counters)
        try? context.pipeline.syncOperations.addHandlers([handler, script])
        context.fireChannelRead(data)
    }

    func userInboundEventTriggered(context: ChannelHandlerContext, event: Any) {
        if !self.isPassing, case .some(.inputClosed) = event as? ChannelEvent { context.close(promise: nil) }
        context.fireUserInboundEventTriggered(event)
    }
}
