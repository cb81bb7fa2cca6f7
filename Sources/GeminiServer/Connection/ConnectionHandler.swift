import GeminiProtocol
import GeminiTLS
import Logging
import NIOCore
import NIOSSL
import NIOTLS

/// Carries out what ``ConnectionStateMachine`` decides: the last handler of a connection's pipeline, behind TLS.
///
/// Everything in it happens on the connection's event loop.
final class ConnectionHandler: ChannelInboundHandler {
    typealias InboundIn = ByteBuffer
    typealias OutboundOut = ByteBuffer

    let shared: ConnectionEnvironment
    let handshake: TLSHandshakeHandler
    let registry: ConnectionRegistry
    let acceptedAt: Timestamp

    var machine: ConnectionStateMachine
    var context: ChannelHandlerContext?
    /// Where this connection stands in its registry; the registry keeps it.
    var registryIndex = -1

    /// The request line as it came, and what became of it: what the access log is told at the end.
    var exchange: AccessLogEntry?
    var responder: Task<Void, Never>?

    /// What is still to be sent of a body at hand.
    var outgoing: OutgoingBody?
    /// Streaming responders that wait for the client.
    var waitingWriters: [CheckedContinuation<Void, any Error>] = []

    init(shared: ConnectionEnvironment, handshake: TLSHandshakeHandler, registry: ConnectionRegistry) {
        self.shared = shared
        self.handshake = handshake
        self.registry = registry
        self.acceptedAt = shared.now()
        self.machine = ConnectionStateMachine(limits: shared.limits, now: .now())
    }

    // MARK: Events of the channel

    func handlerAdded(context: ChannelHandlerContext) {
        self.context = context
        self.registry.add(self)
    }

    func handlerRemoved(context: ChannelHandlerContext) {
        self.context = nil
        self.registry.remove(self)
    }

    func channelInactive(context: ChannelHandlerContext) {
        if case .handshaking = self.machine.state, !self.handshake.refused {
            self.shared.logger.debug("The client left before the end of the TLS handshake.", metadata: self.logMetadata)
        }
        self.machine.closed()
        self.responder?.cancel()
        self.outgoing = nil
        self.failWaitingWriters(with: ChannelError.ioOnClosedChannel)
        self.writeAccessLog(complete: false)
        context.fireChannelInactive()
    }

    func userInboundEventTriggered(context: ChannelHandlerContext, event: Any) {
        switch event {
        case TLSUserEvent.handshakeCompleted:
            self.machine.handshakeCompleted(now: .now())
            context.acknowledgeAtOnce()
        case ChannelEvent.inputClosed:
            switch self.machine.inputClosed() {
            case .none: break
            case .close: self.closeHard()
            }
        default:
            context.fireUserInboundEventTriggered(event)
        }
    }

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        let bytes = self.unwrapInboundIn(data)
        switch self.machine.received(bytes.readableBytesUInt8Span, now: .now()) {
        case .none:
            break
        case .respond(let line, let received):
            self.begin(line, received: received)
        case .refuse(let error, let received):
            self.exchange = self.makeAccessLogEntry(received: received)
            self.send(.failure(.badRequest, error.description))
        }
    }

    func channelWritabilityChanged(context: ChannelHandlerContext) {
        if context.channel.isWritable {
            let writers = self.waitingWriters
            self.waitingWriters.removeAll()
            for writer in writers { writer.resume() }
            self.sendMore()
        }
        context.fireChannelWritabilityChanged()
    }

    func errorCaught(context: ChannelHandlerContext, error: any Error) {
        switch error {
        case NIOSSLError.uncleanShutdown:
            // The client went without close_notify (GP-012); the end of its input is reported by itself.
            break
        default:
            if case .handshaking = self.machine.state {
                self.shared.logger.debug(
                    "The TLS handshake failed: \(error)",
                    metadata: self.logMetadata
                )
            } else {
                self.shared.logger.debug("The connection failed: \(error)", metadata: self.logMetadata)
            }
            self.closeHard()
        }
    }

    // MARK: Events of the server

    /// Called for each connection a few times a second, so that none needs a timer of its own.
    func checkDeadline(now: NIODeadline) {
        switch self.machine.deadlineReached(now: now) {
        case .none:
            break
        case .close:
            self.shared.logger.debug(
                self.handshake.tls == nil ? "No TLS handshake in time." : "No request in time.",
                metadata: self.logMetadata
            )
            self.closeHard()
        case .checkProgress:
            self.checkProgress()
        case .closeHard:
            self.closeHard()
        }
    }

    func shutDown() {
        if self.machine.shutDown() {
            self.closeHard()
        }
    }

    /// Ends the connection whatever its state, because the time for finishing is over.
    func abort() {
        self.machine.closed()
        self.closeHard()
    }

    // MARK: The request

    private func begin(_ line: RequestLine, received: [UInt8]) {
        guard let context = self.context else { return }
        self.exchange = self.makeAccessLogEntry(received: received)
        switch self.shared.hosts.judge(
            line,
            serverName: self.handshake.serverName,
            port: context.localAddress?.port
        ) {
        case .refuse(let response):
            self.send(response)
        case .serve(let host):
            self.respond(with: host.responder, to: self.makeRequest(line, context: context))
        }
    }

    private func makeRequest(_ line: RequestLine, context: ChannelHandlerContext) -> Request {
        Request(
            line: line,
            remoteAddress: context.remoteAddress,
            localAddress: context.localAddress,
            tls: TLSSession(self.handshake),
            clientCertificate: self.handshake.tls?.peerCertificate.flatMap { ClientCertificate($0) }
        )
    }

    private func respond(with responder: any Responder, to request: Request) {
        guard let context = self.context else { return }
        let answer = Answer(
            connection: NIOLoopBound(self, eventLoop: context.eventLoop),
            eventLoop: context.eventLoop,
            logger: self.shared.logger
        )
        // Begins right here on the event loop: an answer that needs no waiting is sent without leaving it.
        self.responder = Task.immediate { @Sendable in
            await answer.respond(to: request, with: responder)
        }
    }
}
