import GeminiServer
import NIOCore

/// The end of the pipeline to a daemon: reads when it is asked to, and holds the one deadline of the connection. On the event
/// loop only.
final class BackendHandler: ChannelInboundHandler {
    typealias InboundIn = ByteBuffer

    private var context: ChannelHandlerContext?
    /// What came unasked, such as with the end of the connection; no more than the socket holds.
    private var unread = ByteBuffer()
    private var reader: CheckedContinuation<ByteBuffer?, any Error>?
    private var hasEnded = false
    private var failure: (any Error)?
    private var deadline: Scheduled<Void>?
    private var runEnd: NIODeadline?
    private var isKept = false

    /// What the daemon is told when its response is not wanted any more.
    var farewell: ByteBuffer?

    func handlerAdded(context: ChannelHandlerContext) {
        self.context = context
    }

    func handlerRemoved(context: ChannelHandlerContext) {
        self.context = nil
        self.deadline?.cancel()
    }

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        guard !self.isKept else {
            // Nobody has asked it anything.
            context.close(promise: nil)
            return
        }
        var bytes = self.unwrapInboundIn(data)
        if let reader = self.reader {
            self.reader = nil
            reader.resume(returning: bytes)
        } else {
            self.unread.writeBuffer(&bytes)
        }
    }

    func channelInactive(context: ChannelHandlerContext) {
        self.hasEnded = true
        self.deadline?.cancel()
        guard let reader = self.reader else { return }
        self.reader = nil
        self.conclude(reader)
    }

    func errorCaught(context: ChannelHandlerContext, error: any Error) {
        self.failure = self.failure ?? BackendError.broken(error.connectingReason)
        context.close(promise: nil)
    }

    /// Gives the next bytes to the reader; `nil` at the end of the connection.
    func read(_ reader: CheckedContinuation<ByteBuffer?, any Error>) {
        if self.unread.readableBytes > 0 {
            let bytes = self.unread
            self.unread = ByteBuffer()
            reader.resume(returning: bytes)
        } else if self.hasEnded || self.failure != nil {
            self.conclude(reader)
        } else {
            self.reader = reader
            self.context?.read()
        }
    }

    private func conclude(_ reader: CheckedContinuation<ByteBuffer?, any Error>) {
        if let failure {
            reader.resume(throwing: failure)
        } else {
            reader.resume(returning: nil)
        }
    }

    /// Ends the connection for a reason, which whoever reads is told.
    func fail(_ error: any Error) {
        guard self.failure == nil, !self.hasEnded, let context = self.context else { return }
        self.failure = error
        self.unread = ByteBuffer()
        if let farewell { context.writeAndFlush(NIOAny(farewell), promise: nil) }
        context.close(promise: nil)
    }

    // MARK: Deadlines

    /// A request begins, and is to be over by then.
    func begin(runTimeout: TimeAmount?, farewell: ByteBuffer?) {
        self.runEnd = runTimeout.map { .now() + $0 }
        self.farewell = farewell
    }

    /// Something is to happen within the time, and nothing but the end of the run without one.
    func expect(within limit: TimeAmount?, _ error: BackendError) {
        self.deadline?.cancel()
        self.deadline = nil
        guard let context, !self.hasEnded else { return }
        let step = limit.map { (NIODeadline.now() + $0, error) }
        let run = self.runEnd.map { ($0, BackendError.runTimeout) }
        let nearest = [step, run].compactMap { $0 }.min { $0.0 < $1.0 }
        guard let nearest else { return }
        self.deadline = context.eventLoop.assumeIsolated().scheduleTask(deadline: nearest.0) { self.fail(nearest.1) }
    }

    // MARK: Between requests

    /// Waits for the next request, for so long, and for the daemon to close.
    func keep(for limit: TimeAmount) {
        guard let context, !self.hasEnded, self.unread.readableBytes == 0 else {
            self.fail(BackendError.endedEarly)
            return
        }
        self.isKept = true
        self.farewell = nil
        self.deadline?.cancel()
        self.deadline = context.eventLoop.assumeIsolated().scheduleTask(in: limit) { context.close(promise: nil) }
        // So that what comes is noticed.
        context.read()
    }

    /// - Returns: whether the connection can be used for another request.
    func wake() -> Bool {
        self.isKept = false
        self.deadline?.cancel()
        self.deadline = nil
        return !self.hasEnded && self.failure == nil && self.context?.channel.isActive == true
    }
}
