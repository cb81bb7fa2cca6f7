import NIOConcurrencyHelpers
import NIOCore

/// Sits below TLS in a ``TestConnection``: sees how the TCP connection ends, and can spread what is sent over many small
/// packets.
package final class WireTap: Sendable {
    /// How the server's side of a TCP connection ended.
    package enum End: Sendable {
        /// By FIN, behind everything that was sent.
        case finished
        /// By RST.
        case reset
        /// In another way, such as by our own closing of the socket.
        case closed
    }

    private struct State {
        var received = 0
        var end: End?
        var waiting: [EventLoopPromise<End>] = []
    }

    private let state = NIOLockedValueBox(State())

    init() {}

    /// The bytes that have come, TLS's own among them.
    package var received: Int {
        self.state.withLockedValue { $0.received }
    }

    /// Completes when the server's side has ended.
    func end(on eventLoop: any EventLoop) -> EventLoopFuture<End> {
        let promise = eventLoop.makePromise(of: End.self)
        let end = self.state.withLockedValue { state in
            if state.end == nil { state.waiting.append(promise) }
            return state.end
        }
        if let end { promise.succeed(end) }
        return promise.futureResult
    }

    fileprivate func receive(_ count: Int) {
        self.state.withLockedValue { $0.received += count }
    }

    fileprivate func end(_ end: End) {
        let promises = self.state.withLockedValue { state -> [EventLoopPromise<End>] in
            guard state.end == nil else { return [] }
            state.end = end
            defer { state.waiting = [] }
            return state.waiting
        }
        for promise in promises { promise.succeed(end) }
    }

    /// - Parameters:
    ///   - pieceSize: the bytes that leave in one packet, if not all of them.
    ///   - prelude: bytes that leave before TLS's own, in one packet with them.
    func handler(pieceSize: Int?, prelude: [UInt8] = []) -> WireTapHandler {
        WireTapHandler(self, pieceSize: pieceSize, prelude: prelude)
    }
}

final class WireTapHandler: ChannelDuplexHandler {
    typealias InboundIn = ByteBuffer
    typealias OutboundIn = ByteBuffer
    typealias OutboundOut = ByteBuffer

    /// Time for the server to read a piece before the next one arrives.
    private static let pause = TimeAmount.microseconds(300)

    private let tap: WireTap
    private let pieceSize: Int?
    private let prelude: [UInt8]
    private var unsent = ByteBuffer()
    private var isDripping = false

    fileprivate init(_ tap: WireTap, pieceSize: Int?, prelude: [UInt8]) {
        self.tap = tap
        self.pieceSize = pieceSize
        self.prelude = prelude
    }

    func channelActive(context: ChannelHandlerContext) {
        if !self.prelude.isEmpty {
            self.write(context: context, data: self.wrapOutboundOut(ByteBuffer(bytes: self.prelude)), promise: nil)
        }
        context.fireChannelActive()
    }

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        self.tap.receive(self.unwrapInboundIn(data).readableBytes)
        context.fireChannelRead(data)
    }

    func userInboundEventTriggered(context: ChannelHandlerContext, event: Any) {
        if case ChannelEvent.inputClosed = event { self.tap.end(.finished) }
        context.fireUserInboundEventTriggered(event)
    }

    func errorCaught(context: ChannelHandlerContext, error: any Error) {
        if error is IOError { self.tap.end(.reset) }
        context.fireErrorCaught(error)
    }

    func channelInactive(context: ChannelHandlerContext) {
        self.tap.end(.closed)
        context.fireChannelInactive()
    }

    func write(context: ChannelHandlerContext, data: NIOAny, promise: EventLoopPromise<Void>?) {
        guard self.pieceSize != nil else {
            context.write(data, promise: promise)
            return
        }
        var bytes = self.unwrapOutboundIn(data)
        self.unsent.writeBuffer(&bytes)
        promise?.succeed()
        self.drip(context: context)
    }

    private func drip(context: ChannelHandlerContext) {
        guard let pieceSize, !self.isDripping, context.channel.isActive,
            let piece = self.unsent.readSlice(length: min(pieceSize, self.unsent.readableBytes)),
            piece.readableBytes > 0
        else { return }
        self.isDripping = true
        context.writeAndFlush(self.wrapOutboundOut(piece), promise: nil)
        context.eventLoop.assumeIsolated().scheduleTask(in: Self.pause) {
            self.isDripping = false
            self.drip(context: context)
        }
    }
}
