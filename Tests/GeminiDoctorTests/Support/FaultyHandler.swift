import NIOConcurrencyHelpers
import NIOCore
import NIOSSL

#if canImport(Darwin)
import Darwin
#elseif canImport(Glibc)
import Glibc
#elseif canImport(Musl)
import Musl
#endif

/// One connection of a ``FaultyServer`` within TLS.
final class FaultyHandler: ChannelInboundHandler {
    typealias InboundIn = ByteBuffer
    typealias OutboundOut = ByteBuffer

    private let fault: Fault
    private let patience: Duration?
    private let tls: NIOSSLServerHandler
    private let counters: NIOLockedValueBox<FaultyServer.Counters>
    private var received: [UInt8] = []
    private var isAnswered = false
    private var deadline: Scheduled<Void>?

    init(
        fault: Fault,
        patience: Duration?,
        tls: NIOSSLServerHandler,
        counters: NIOLockedValueBox<FaultyServer.Counters>
    ) {
        self.fault = fault
        self.patience = patience
        self.tls = tls
        self.counters = counters
    }

    func handlerAdded(context: ChannelHandlerContext) {
        self.startPatience(context)
    }

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        guard !self.isAnswered else { return }
        if self.fault.isPatienceRenewed { self.startPatience(context) }
        self.received += self.unwrapInboundIn(data).readableBytesView
        if self.fault.dropsAtHalfClose {
            let loopBound = NIOLoopBound((self, context), eventLoop: context.eventLoop)
            context.eventLoop.scheduleTask(in: .milliseconds(50)) { loopBound.value.0.proceed(loopBound.value.1) }
        } else {
            self.proceed(context)
        }
    }

    private func proceed(_ context: ChannelHandlerContext) {
        guard !self.isAnswered, context.channel.isActive else { return }
        while let line = self.takeLine() {
            self.answer(line, context)
            guard self.fault.answersAgain, !self.received.isEmpty else { break }
        }
        if let longest = self.fault.longestLine, !self.isAnswered, self.received.count > longest + 1 {
            self.send(Array("59 The URL is too long\r\n".utf8), context)
        }
        if self.isAnswered { self.end(context) }
    }

    func userInboundEventTriggered(context: ChannelHandlerContext, event: Any) {
        guard case .some(.inputClosed) = event as? ChannelEvent else { return }
        if !self.isAnswered { context.close(promise: nil) }
    }

    func errorCaught(context: ChannelHandlerContext, error: any Error) {
        // An end without close_notify is followed by the event for the end.
        if case .some(.uncleanShutdown) = error as? NIOSSLError { return }
        context.close(promise: nil)
    }

    private func takeLine() -> [UInt8]? {
        let end: Range<Int>?
        switch self.fault.terminator {
        case .crlf: end = self.received.firstRange(of: [0x0D, 0x0A])
        case .lineFeed: end = self.received.firstRange(of: [0x0A])
        case .packet: end = self.received.count..<self.received.count
        }
        guard let end, end.lowerBound <= self.fault.longestLine ?? .max else { return nil }
        var line = Array(self.received[..<end.lowerBound])
        self.received.removeSubrange(..<end.upperBound)
        if self.fault.terminator == .packet, line.last == 0x0A { line.removeLast() }
        if line.last == 0x0D { line.removeLast() }
        return line
    }

    private func answer(_ line: [UInt8], _ context: ChannelHandlerContext) {
        let number = self.counters.withLockedValue { counters in
            counters.requests += 1
            return counters.requests - 1
        }
        let request = Fault.Request(line: line, number: number, certificate: self.tls.peerCertificate)
        let port = context.localAddress?.port ?? 0
        self.send(self.fault.answer(request) ?? SoundAnswer(line, port: port).bytes, context)
    }

    private func send(_ bytes: [UInt8], _ context: ChannelHandlerContext) {
        self.isAnswered = true
        context.writeAndFlush(NIOAny(ByteBuffer(bytes: bytes)), promise: nil)
    }

    private func end(_ context: ChannelHandlerContext) {
        self.deadline?.cancel()
        if let limit = self.fault.responseLimit {
            let loopBound = NIOLoopBound((self, context), eventLoop: context.eventLoop)
            context.eventLoop.scheduleTask(in: TimeAmount(limit)) { loopBound.value.0.reset(loopBound.value.1) }
            return
        }
        switch self.fault.end {
        case .orderly where self.fault.leavesBytesUnread && !self.received.isEmpty: self.reset(context)
        case .orderly: self.finish(context)
        case .finished:
            let below = try? context.pipeline.syncOperations.context(handler: self.tls)
            below?.close(mode: .output, promise: nil)
        case .reset: self.reset(context)
        case .never: break
        case .afterClient: context.close(promise: nil)
        }
    }

    /// close_notify and FIN; then waits a moment for the client's.
    private func finish(_ context: ChannelHandlerContext) {
        context.close(mode: .output, promise: nil)
        let channel = context.channel
        context.eventLoop.scheduleTask(in: .milliseconds(500)) { channel.close(promise: nil) }
    }

    private func reset(_ context: ChannelHandlerContext) {
        let option = linger(l_onoff: 1, l_linger: 0)
        _ = (context.channel as? any SocketOptionProvider)?.setSoLinger(option)
        let below = try? context.pipeline.syncOperations.context(handler: self.tls)
        below?.close(promise: nil)
    }

    private func startPatience(_ context: ChannelHandlerContext) {
        self.deadline?.cancel()
        guard let patience = self.patience else { return }
        let loopBound = NIOLoopBound((self, context), eventLoop: context.eventLoop)
        self.deadline = context.eventLoop.scheduleTask(in: TimeAmount(patience)) {
            let (handler, context) = loopBound.value
            if !handler.isAnswered { context.close(promise: nil) }
        }
    }
}
