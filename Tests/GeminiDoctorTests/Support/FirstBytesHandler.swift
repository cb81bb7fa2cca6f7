import NIOConcurrencyHelpers
import NIOCore
import NIOSSL

/// Decides by the first bytes of a connection to a ``FaultyServer`` what becomes of it.
final class FirstBytesHandler: ChannelInboundHandler {
    typealias InboundIn = ByteBuffer
    typealias OutboundOut = ByteBuffer

    private let fault: Fault
    private let counters: NIOLockedValueBox<FaultyServer.Counters>
    /// Makes a context, a new one or that of all connections.
    private let context: @Sendable (Bool) throws -> NIOSSLContext
    private var isPassing = false
    private var hasPlace = false
    private var patience: Duration?

    init(
        fault: Fault,
        counters: NIOLockedValueBox<FaultyServer.Counters>,
        context: @escaping @Sendable (Bool) throws -> NIOSSLContext
    ) {
        self.fault = fault
        self.counters = counters
        self.context = context
    }

    func channelActive(context: ChannelHandlerContext) {
        let number = self.counters.withLockedValue { counters in
            counters.connections += 1
            return counters.connections
        }
        self.patience = number > self.fault.patientConnections ? self.fault.patience : nil
        if let patience = self.patience {
            let channel = context.channel
            let loopBound = NIOLoopBound(self, eventLoop: context.eventLoop)
            context.eventLoop.scheduleTask(in: TimeAmount(patience)) {
                if !loopBound.value.isPassing { channel.close(promise: nil) }
            }
        }
    }

    func channelInactive(context: ChannelHandlerContext) {
        if self.hasPlace { self.counters.withLockedValue { $0.served -= 1 } }
        context.fireChannelInactive()
    }

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        guard !self.isPassing else {
            context.fireChannelRead(data)
            return
        }
        self.begin(context, self.unwrapInboundIn(data))
    }

    /// Begins when there is a place.
    private func begin(_ context: ChannelHandlerContext, _ data: ByteBuffer) {
        guard context.channel.isActive else { return }
        self.hasPlace = self.counters.withLockedValue { counters in
            guard counters.served < self.fault.places else { return false }
            counters.served += 1
            return true
        }
        guard self.hasPlace else {
            let loopBound = NIOLoopBound((self, context), eventLoop: context.eventLoop)
            context.eventLoop.scheduleTask(in: .milliseconds(10)) {
                loopBound.value.0.begin(loopBound.value.1, data)
            }
            return
        }
        guard let facts = HelloFacts(Array(data.readableBytesView)) else {
            self.answerPlaintext(context)
            return
        }
        switch self.fault.hello(facts) {
        case .accept: self.accept(context, data, anew: false)
        case .acceptAnew: self.accept(context, data, anew: true)
        case .drop: context.close(promise: nil)
        case .ignore: break
        }
    }

    private func accept(_ context: ChannelHandlerContext, _ data: ByteBuffer, anew: Bool) {
        guard let tls = try? self.context(anew) else { return }
        self.isPassing = true
        let handler =
            self.fault.judgesCertificates
            ? NIOSSLServerHandler(context: tls)
            : NIOSSLServerHandler(
                context: tls,
                customVerificationCallback: { _, promise in promise.succeed(.certificateVerified) }
            )
        let script = FaultyHandler(fault: self.fault, patience: self.patience, tls: handler, counters: self.counters)
        try? context.pipeline.syncOperations.addHandlers([handler, script])
        context.fireChannelRead(NIOAny(data))
    }

    private func answerPlaintext(_ context: ChannelHandlerContext) {
        switch self.fault.plaintext {
        case .silence: break
        case .alert: context.writeAndFlush(NIOAny(ByteBuffer(bytes: [0x15, 3, 3, 0, 2, 2, 70])), promise: nil)
        case .answer: context.writeAndFlush(NIOAny(ByteBuffer(string: SoundAnswer.home)), promise: nil)
        }
        context.close(promise: nil)
    }

    func userInboundEventTriggered(context: ChannelHandlerContext, event: Any) {
        if !self.isPassing, case .some(.inputClosed) = event as? ChannelEvent { context.close(promise: nil) }
        context.fireUserInboundEventTriggered(event)
    }
}
