import GeminiProtocol
import GeminiTLS
import NIOConcurrencyHelpers
import NIOCore
import NIOPosix
import NIOSSL
import NIOTLS

/// Carries out what ``ClientStateMachine`` decides: it connects, and is the last handler of the connection's pipeline.
///
/// Everything in it happens on the event loop that it was made for.
final class ClientConnection: ChannelDuplexHandler {
    typealias InboundIn = ByteBuffer
    typealias OutboundIn = ByteBuffer
    typealias OutboundOut = ByteBuffer

    typealias Continuation = CheckedContinuation<Result<ConnectionResponse, ConnectionFailure>, Never>

    let order: ConnectionOrder
    let eventLoop: any EventLoop
    var machine: ClientStateMachine

    /// Who waits for the header.
    private var continuation: Continuation?
    /// Sockets that try to connect.
    var attempts: [any Channel] = []
    var context: ChannelHandlerContext?
    var tls: NIOSSLClientHandler?
    var cipherSuites: CipherSuiteObserver?
    var timer: (task: Scheduled<Void>, deadline: NIODeadline)?

    /// What the server showed, and the promise that awaits what is thought of it.
    var presentation: ServerPresentation?
    var verification: EventLoopPromise<NIOSSLVerificationResult>?
    var judging: Task<Void, Never>?
    var uploading: Task<Void, Never>?

    var body: (source: PageBody.Producer.Source, end: NIOLockedValueBox<Bool?>)?
    /// Whether the reader has enough to do, and whether the channel has asked to read since.
    var isPaused = false
    var isReadHeld = false
    /// Whether the handshake is done, so that TLS can say goodbye.
    var isSecured = false
    var endedUncleanly = false

    init(_ order: ConnectionOrder, eventLoop: any EventLoop) {
        self.order = order
        self.eventLoop = eventLoop
        self.machine = ClientStateMachine(
            host: order.host,
            limits: order.limits,
            totalDeadline: order.totalDeadline,
            now: .now()
        )
    }

    // MARK: The caller

    /// Begins; the continuation is resumed once, with the header or with what prevented it.
    func start(_ continuation: Continuation) {
        guard !self.machine.isClosed else {
            continuation.resume(returning: .failure(.failed(.cancelled)))
            return
        }
        self.continuation = continuation
        self.setTimer()
        self.connect()
    }

    /// Ends the connection in whatever state it is, and tells whoever waits.
    func cancel() {
        self.fail(.cancelled)
    }

    func fail(_ error: ClientError) {
        switch self.machine.failed() {
        case .none:
            break
        case .close:
            self.close()
        case .tellAndClose:
            self.tell(error)
            self.close()
        }
    }

    func deliver(_ result: Result<ConnectionResponse, ConnectionFailure>) {
        self.continuation?.resume(returning: result)
        self.continuation = nil
    }

    /// Tells whoever waits for the header, or reads the body.
    func tell(_ error: ClientError) {
        self.deliver(.failure(.failed(error)))
        self.body?.source.finish(error)
        self.body = nil
    }

    // MARK: Connecting

    /// Whether a socket may still be used; it is kept, to be closed when the caller loses interest.
    func attempt(_ channel: any Channel) -> Bool {
        guard case .connecting = self.machine.state else { return false }
        self.attempts.append(channel)
        return true
    }

    func connected(_ channel: any Channel) {
        self.attempts.removeAll()
        guard self.machine.connected(now: .now()) else {
            channel.close(promise: nil)
            return
        }
        self.order.connected?(channel)
        if let preamble = self.order.preamble { channel.writeAndFlush(preamble, promise: nil) }
        do {
            let pipeline = channel.pipeline.syncOperations
            let observer = CipherSuiteObserver()
            let tls = try ClientTLSPolicy.makeHandler(
                context: self.order.tls,
                serverName: self.order.serverName,
                judge: { [unowned self] in self.judge($0, $1) }
            )
            self.cipherSuites = observer
            self.tls = tls
            // From the last to the first: TLS begins as soon as it is there, and its failure has to be seen.
            try pipeline.addHandler(self)
            try pipeline.addHandler(observer, position: .first)
            try pipeline.addHandler(tls, position: .after(observer))
        } catch {
            self.fail(.tlsFailed(self.order.host, reason: error.tlsReason))
            channel.close(promise: nil)
        }
        self.setTimer()
    }

    // MARK: Trust

    private func judge(_ certificates: [NIOSSLCertificate], _ promise: EventLoopPromise<NIOSSLVerificationResult>) {
        guard !self.machine.isClosed else {
            promise.succeed(.failed)
            return
        }
        self.verification = promise
        self.judge(certificates, isInClear: self.tls?.tlsVersion != .tlsv13)
    }

    /// Lets the handshake go on, or has TLS tell the server that it ends.
    func endVerification(_ result: NIOSSLVerificationResult) {
        self.verification?.succeed(result)
        self.verification = nil
    }

    // MARK: Events of the channel

    func handlerAdded(context: ChannelHandlerContext) {
        self.context = context
    }

    func handlerRemoved(context: ChannelHandlerContext) {
        self.context = nil
        self.tls = nil
        self.cipherSuites = nil
    }

    func userInboundEventTriggered(context: ChannelHandlerContext, event: Any) {
        if case .handshakeCompleted = event as? TLSUserEvent, self.machine.handshakeCompleted(now: .now()) {
            self.isSecured = true
            self.send()
            self.setTimer()
        }
        context.fireUserInboundEventTriggered(event)
    }

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        self.received(self.unwrapInboundIn(data))
        self.setTimer()
    }

    private func received(_ bytes: ByteBuffer) {
        switch self.machine.received(bytes.readableBytesUInt8Span, now: .now()) {
        case .none:
            break
        case .answer(let received):
            self.uploading?.cancel()
            self.deliver(received, body: nil)
        case .begin(let received, let offset):
            self.uploading?.cancel()
            self.begin(received)
            let body = bytes.getSlice(at: bytes.readerIndex + offset, length: bytes.readableBytes - offset)
            if let body, body.readableBytes > 0 { self.received(body) }
        case .piece:
            self.pass(bytes)
        case .fail(let error):
            self.tell(error)
            self.close()
        }
    }

    /// Asks the socket for more, unless the reader has enough to do.
    func read(context: ChannelHandlerContext) {
        if self.isPaused {
            self.isReadHeld = true
        } else {
            context.read()
        }
    }

    func errorCaught(context: ChannelHandlerContext, error: any Error) {
        switch error {
        case NIOSSLError.uncleanShutdown:
            self.endedUncleanly = true  // the end itself is told next
        case is IOError:
            self.connectionBroke(error)
        default:
            switch self.machine.state {
            case .handshaking, .sending, .awaitingHeader:
                let reason = error.handshakeReason(hasBegun: self.presentation != nil)
                self.fail(.tlsFailed(self.order.host, reason: reason))
            default:
                self.fail(.connectionLost(self.order.host, reason: error.tlsReason))
            }
        }
    }

    /// The socket failed. A body that has begun is cut off by that as by any other end without close_notify; before, what
    /// the system says is more than what the silence does.
    private func connectionBroke(_ error: any Error) {
        self.endedUncleanly = true
        switch self.machine.state {
        case .receivingBody:
            break
        case .handshaking where self.presentation == nil:
            self.fail(.tlsFailed(self.order.host, reason: .closedBeforeTLS))
        default:
            self.fail(.connectionLost(self.order.host, reason: error.systemReason))
        }
    }

    func channelInactive(context: ChannelHandlerContext) {
        switch self.machine.ended(isClean: !self.endedUncleanly) {
        case .none:
            break
        case .fail(let error):
            self.tell(error)
        case .endBody(let isTruncated):
            self.body?.end.withLockedValue { $0 = isTruncated }
            self.body?.source.finish()
            self.body = nil
        }
        self.release()
        context.fireChannelInactive()
    }
}
