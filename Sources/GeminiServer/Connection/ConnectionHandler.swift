import GeminiProtocol
import GeminiTLS
import Logging
import NIOCore
import NIOSSL
import NIOTLS

/// Carries out what ``ConnectionStateMachine`` decides: the last handler of a connection's pipeline, behind TLS where there
/// is any.
///
/// Everything in it happens on the connection's event loop.
final class ConnectionHandler: ChannelInboundHandler {
    typealias InboundIn = ByteBuffer
    typealias OutboundOut = ByteBuffer

    let shared: ConnectionEnvironment
    /// `nil`: requests come in the clear.
    let handshake: TLSHandshakeHandler?
    let registry: ConnectionRegistry
    let census: ConnectionCensus
    private var origin: ConnectionCensus.Origin?
    /// The visitor's address; `nil` where it has none, on a Unix socket.
    var remoteAddress: SocketAddress?
    /// Whether a proxy's header is to come before anything else.
    var awaitsProxyHeader = false
    /// The address that the visitor connected to, where that is not the socket's own.
    var toldLocalAddress: SocketAddress?
    /// The host name that the visitor asked the proxy for.
    var authority: String?
    let acceptedAt: WallTime

    var machine: ConnectionStateMachine
    var context: ChannelHandlerContext?
    /// Where this connection stands in its registry; the registry keeps it.
    var registryIndex = -1

    /// The request line as it came, and what became of it: what the access log is told at the end.
    var exchange: AccessLogEntry?
    /// When the request line had come to its end.
    var requestedAt = NIODeadline.uptimeNanoseconds(0)
    /// Where that is told: the host's own place, once it is known which host is asked.
    var accessLog: (any AccessLogSink)?
    var responder: Task<Void, Never>?
    /// Whether the client has closed its side.
    private(set) var isInputClosed = false

    /// What makes the end wait for the bytes before it, where it is needed.
    var orderlyClose: OrderlyCloseHandler?

    /// What is still to be sent of a body at hand.
    var outgoing: OutgoingBody?
    /// Streaming responders that wait for the client, in the order in which they wrote.
    var waitingWriters: [WaitingWriter] = []

    /// The responder that waits for more of its upload.
    var uploadReader: UploadReader?
    /// What passes the connection through to a back end, where that is done with it.
    var passThrough: PassThroughConnection?
    /// The number of the question for more that was cancelled last.
    var cancelledReader = 0
    /// Whether the socket is read only when a responder asks.
    var isHeldBack = false

    /// - Parameters:
    ///   - census: where the connection has been counted in, and is counted out when it goes.
    ///   - origin: under which address.
    init(
        shared: ConnectionEnvironment,
        handshake: TLSHandshakeHandler?,
        registry: ConnectionRegistry,
        census: ConnectionCensus,
        origin: ConnectionCensus.Origin?,
        remoteAddress: SocketAddress?
    ) {
        self.shared = shared
        self.census = census
        self.origin = origin
        self.remoteAddress = remoteAddress
        self.handshake = handshake
        self.registry = registry
        self.acceptedAt = shared.now()
        self.accessLog = shared.accessLog
        self.machine = ConnectionStateMachine(limits: shared.limits, now: .now())
    }

    /// Has the connection count under an address, once that is known.
    ///
    /// - Returns: whether there is room for it.
    func attribute(to address: SocketAddress) -> Bool {
        guard self.origin == nil, let origin = ConnectionCensus.Origin(address) else { return true }
        guard self.census.attribute(to: origin) else { return false }
        self.origin = origin
        return true
    }

    /// There is no handshake to wait for: the request may come.
    func beginInClear() {
        self.machine.handshakeCompleted(now: .now())
    }

    /// The address that the visitor connected to.
    var localAddress: SocketAddress? {
        // The channel has kept its addresses; its context would ask the system for them.
        self.toldLocalAddress ?? self.context?.channel.localAddress
    }

    /// The name that the visitor asked for before its request.
    var serverName: String? {
        self.handshake?.serverName ?? self.authority
    }

    // MARK: Events of the channel

    func handlerAdded(context: ChannelHandlerContext) {
        self.context = context
        self.shared.metrics.connectionOpened()
        self.registry.add(self)
    }

    func handlerRemoved(context: ChannelHandlerContext) {
        self.context = nil
        self.registry.remove(self)
        self.census.leave(self.origin)
        self.shared.metrics.connectionClosed()
    }

    func channelInactive(context: ChannelHandlerContext) {
        self.logUnfinishedHandshake()
        self.writePassThroughLog()
        self.machine.closed()
        self.responder?.cancel()
        self.outgoing = nil
        self.failWaitingWriters(with: ChannelError.ioOnClosedChannel)
        self.failReader(with: UploadError.incomplete)
        self.writeAccessLog(complete: false)
        context.fireChannelInactive()
    }

    func userInboundEventTriggered(context: ChannelHandlerContext, event: Any) {
        switch event {
        case let event as TLSUserEvent:
            if case .handshakeCompleted = event {
                self.machine.handshakeCompleted(now: .now())
                self.countHandshake()
                self.registry.acknowledgeSoon(self)
            }
        case let event as ChannelEvent where event == .inputClosed:
            self.isInputClosed = true
            self.logUnfinishedHandshake()
            switch self.machine.inputClosed() {
            case .none: break
            case .close: self.closeHard()
            case .upload(let action): self.carryOut(action)
            }
        default:
            break
        }
    }

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        let bytes = self.unwrapInboundIn(data)
        if case .uploading = self.machine.state {
            let action = self.machine.receivedUpload(bytes)
            self.holdClientBack()
            self.carryOut(action)
            return
        }
        switch self.machine.received(bytes.readableBytesUInt8Span, now: .now()) {
        case .none:
            break
        case .respond(let line, let received, let excess):
            self.begin(line, received: received, followedBy: bytes, excess)
        case .refuse(let error, let received):
            self.exchange = self.makeAccessLogEntry(received: received, asking: nil)
            self.shared.metrics.requested(.malformed)
            self.send(.failure(.badRequest, error.description))
        case .cutOff:
            self.shared.logger.debug("The client goes on with an upload that was answered.", metadata: self.logMetadata)
            self.closeHard()
        }
    }

    func channelWritabilityChanged(context: ChannelHandlerContext) {
        if context.channel.isWritable {
            self.serveWriters()
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
            switch self.machine.state {
            case .closed:
                break  // what follows from the first error says nothing new
            case .handshaking:
                self.shared.logger.debug("The TLS handshake failed: \(error.tlsReason)", metadata: self.logMetadata)
                self.countFailedHandshake(HandshakeFailure(error))
                self.machine.closed()
            case .readingRequest, .uploading, .responding, .draining:
                self.shared.logger.debug("The connection failed: \(error.tlsReason)", metadata: self.logMetadata)
            }
            self.closeHard()
        }
    }

    // MARK: Events of the server

    /// Called for each connection a few times a second, so that none needs a timer of its own.
    func checkDeadline(now: NIODeadline) {
        self.passThrough?.checkDeadline(now: now)
        let isHandshaking = self.machine.isHandshaking
        switch self.machine.deadlineReached(now: now) {
        case .none:
            break
        case .close:
            self.logLateness()
            if isHandshaking { self.countFailedHandshake(.timeout) }
            self.closeHard()
        case .checkProgress:
            self.checkProgress()
        case .upload(let action):
            self.carryOut(action)
        }
    }

    /// Called a moment after the handshake.
    func acknowledgeHandshake() {
        if case .readingRequest = self.machine.state {
            self.context?.acknowledgeAtOnce()
        }
    }

    func shutDown() {
        self.machine.shutDown(now: .now())
    }

    /// Ends the connection whatever its state, because the time for finishing is over.
    func abort() {
        self.machine.closed()
        self.closeHard()
    }
}
