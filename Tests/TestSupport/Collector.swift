import NIOConcurrencyHelpers
import NIOCore
import NIOSSL
import NIOTLS

/// Keeps what a connection brings, and wakes those who wait for it.
final class Collector: Sendable {
    private struct State {
        var transcript = TestConnection.Transcript()
        var handshake: Result<Void, any Error>?
        var waitingForHandshake: [EventLoopPromise<Void>] = []
        var waitingForBytes: [(count: Int, promise: EventLoopPromise<Void>)] = []
    }

    private let state = NIOLockedValueBox(State())

    var transcript: TestConnection.Transcript {
        self.state.withLockedValue { $0.transcript }
    }

    /// - Parameter limit: the bytes after which the connection stops reading by itself.
    func handler(stopsReadingAt limit: Int? = nil) -> any ChannelHandler & Sendable {
        CollectingHandler(self, limit: limit)
    }

    func handshake(on eventLoop: any EventLoop) -> EventLoopFuture<Void> {
        let promise = eventLoop.makePromise(of: Void.self)
        let result = self.state.withLockedValue { state -> Result<Void, any Error>? in
            if state.handshake == nil { state.waitingForHandshake.append(promise) }
            return state.handshake
        }
        if let result { promise.completeWith(result) }
        return promise.futureResult
    }

    func received(_ count: Int, on eventLoop: any EventLoop) -> EventLoopFuture<Void> {
        let promise = eventLoop.makePromise(of: Void.self)
        let isThere = self.state.withLockedValue { state in
            if state.transcript.bytes.count >= count || state.transcript.ended { return true }
            state.waitingForBytes.append((count, promise))
            return false
        }
        if isThere { promise.succeed() }
        return promise.futureResult
    }

    func ended(on eventLoop: any EventLoop) -> EventLoopFuture<Void> {
        self.received(.max, on: eventLoop)
    }

    fileprivate func append(_ bytes: ByteBuffer) {
        self.update { $0.transcript.bytes.append(contentsOf: bytes.readableBytesView) }
    }

    fileprivate func completeHandshake(_ result: Result<Void, any Error>) {
        let promises = self.state.withLockedValue { state -> [EventLoopPromise<Void>] in
            guard state.handshake == nil else { return [] }
            state.handshake = result
            defer { state.waitingForHandshake = [] }
            return state.waitingForHandshake
        }
        for promise in promises { promise.completeWith(result) }
    }

    fileprivate func fail(_ error: any Error) {
        self.update { $0.transcript.error = $0.transcript.error ?? String(describing: error) }
    }

    fileprivate func end(closeNotify: Bool) {
        self.update { state in
            guard !state.transcript.ended else { return }
            state.transcript.ended = true
            state.transcript.closeNotify = closeNotify && state.transcript.error == nil
        }
    }

    private func update(_ change: (inout State) -> Void) {
        let ready = self.state.withLockedValue { state in
            change(&state)
            let transcript = state.transcript
            let ready = state.waitingForBytes.filter { transcript.ended || transcript.bytes.count >= $0.count }
            state.waitingForBytes.removeAll { transcript.ended || transcript.bytes.count >= $0.count }
            return ready
        }
        for (_, promise) in ready { promise.succeed() }
    }
}

private final class CollectingHandler: ChannelInboundHandler, Sendable {
    typealias InboundIn = ByteBuffer

    private let collector: Collector
    private let limit: Int?

    init(_ collector: Collector, limit: Int?) {
        self.collector = collector
        self.limit = limit
    }

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        self.collector.append(self.unwrapInboundIn(data))
        if let limit, self.collector.transcript.bytes.count >= limit {
            try? context.channel.syncOptions?.setOption(.autoRead, value: false)
        }
    }

    func userInboundEventTriggered(context: ChannelHandlerContext, event: Any) {
        switch event {
        case TLSUserEvent.handshakeCompleted: self.collector.completeHandshake(.success(()))
        // Of a client that has closed its own side, the other side's close_notify completes the shutdown.
        case ChannelEvent.inputClosed, TLSUserEvent.shutdownCompleted:
            // A handshake that was not done before will not be done any more.
            self.collector.completeHandshake(.failure(ChannelError.eof))
            self.collector.end(closeNotify: true)
        default: break
        }
    }

    func errorCaught(context: ChannelHandlerContext, error: any Error) {
        self.collector.fail(error)
        self.collector.completeHandshake(.failure(error))
    }

    func channelInactive(context: ChannelHandlerContext) {
        self.end()
    }

    /// A channel that is closed before it is active is never said to be inactive.
    func handlerRemoved(context: ChannelHandlerContext) {
        self.end()
    }

    private func end() {
        self.collector.completeHandshake(.failure(ChannelError.eof))
        self.collector.end(closeNotify: false)
    }
}
