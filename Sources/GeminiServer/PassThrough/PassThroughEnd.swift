import NIOCore

/// One of the two ends of a connection that is passed through: what comes in here goes out at the other end, and no more is
/// read than the other end takes. Event loop only.
final class PassThroughEnd: ChannelDuplexHandler {
    typealias InboundIn = ByteBuffer
    typealias OutboundIn = ByteBuffer
    typealias OutboundOut = ByteBuffer

    private let connection: PassThroughConnection
    /// The other end; `nil` until there is one, and when it has gone.
    private var partner: PassThroughEnd?
    private var context: ChannelHandlerContext?
    private var isReadHeld = false
    /// Whether there is, or was, another end.
    private var isStarted = false
    /// What came before.
    private var waiting = ByteBuffer()
    private(set) var isInputClosed = false
    private var isOutputClosed = false

    init(of connection: PassThroughConnection) {
        self.connection = connection
    }

    var isWritable: Bool { self.context?.channel.isWritable ?? true }

    /// The bytes that the system has not taken yet.
    var bufferedBytes: Int { self.context?.bufferedBytes ?? 0 }

    func handlerAdded(context: ChannelHandlerContext) {
        self.context = context
    }

    func handlerRemoved(context: ChannelHandlerContext) {
        self.context = nil
    }

    // MARK: Bytes

    /// Hands what has come so far to the other end, and goes on from there.
    func start(with partner: PassThroughEnd) {
        self.partner = partner
        self.isStarted = true
        if self.waiting.readableBytes > 0 { partner.send(self.waiting) }
        self.waiting = ByteBuffer()
        if self.isInputClosed { partner.closeOutput() }
        self.resumeReading()
    }

    func received(_ bytes: ByteBuffer) {
        self.connection.moved()
        if let partner = self.partner {
            partner.send(bytes)
        } else if !self.isStarted {
            self.waiting.writeImmutableBuffer(bytes)
        }
    }

    func send(_ bytes: ByteBuffer) {
        guard let context = self.context, !self.isOutputClosed else { return }
        self.connection.sending(bytes.readableBytes, at: self)
        context.writeAndFlush(self.wrapOutboundOut(bytes), promise: nil)
    }

    /// Ends this side's output behind the bytes that still wait: asked to at once, a channel whose input has ended would
    /// drop them.
    func closeOutput() {
        guard let context = self.context, !self.isOutputClosed else { return }
        self.isOutputClosed = true
        let written = context.eventLoop.makePromise(of: Void.self)
        written.futureResult.assumeIsolated().whenComplete { _ in
            self.context?.close(mode: .output, promise: nil)
            self.connection.moved()
        }
        context.writeAndFlush(self.wrapOutboundOut(ByteBuffer()), promise: written)
    }

    /// Closes both sides behind the bytes that still wait, or without them when the time is over.
    func close(within limit: TimeAmount) {
        guard let context = self.context else { return }
        let written = context.eventLoop.makePromise(of: Void.self)
        let timer = context.eventLoop.assumeIsolated().scheduleTask(in: limit) { self.abort() }
        written.futureResult.assumeIsolated().whenComplete { _ in
            timer.cancel()
            self.abort()
        }
        context.writeAndFlush(self.wrapOutboundOut(ByteBuffer()), promise: written)
    }

    func abort() {
        self.context?.close(promise: nil)
    }

    private func partnerEnded() {
        self.partner = nil
        self.closeOutput()
        self.resumeReading()
    }

    private func resumeReading() {
        guard self.isReadHeld else { return }
        self.isReadHeld = false
        self.context?.read()
    }

    // MARK: Events of the channel

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        self.received(self.unwrapInboundIn(data))
    }

    func read(context: ChannelHandlerContext) {
        // What still comes when the other end has gone is read and dropped: left unread, it would have the system reset
        // the connection, and with it what the peer has not read yet.
        if self.partner?.isWritable ?? self.isStarted {
            context.read()
        } else {
            self.isReadHeld = true
        }
    }

    func channelWritabilityChanged(context: ChannelHandlerContext) {
        if context.channel.isWritable { self.partner?.resumeReading() }
    }

    func userInboundEventTriggered(context: ChannelHandlerContext, event: Any) {
        guard let event = event as? ChannelEvent, event == .inputClosed else { return }
        self.isInputClosed = true
        self.partner?.closeOutput()
    }

    func errorCaught(context: ChannelHandlerContext, error: any Error) {
        self.connection.broke(error)
    }

    func channelInactive(context: ChannelHandlerContext) {
        self.partner?.partnerEnded()
        self.partner = nil
        self.connection.ended(self)
        context.fireChannelInactive()
    }
}
