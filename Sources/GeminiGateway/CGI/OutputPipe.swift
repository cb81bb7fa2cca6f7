import NIOCore
import NIOPosix

/// What a program prints, read only as fast as somebody asks for it. Any task, one at a time.
struct OutputPipe: Sendable {
    private let handler: NIOLoopBound<OutputHandler>
    private let channel: any Channel

    /// - Parameters:
    ///   - descriptor: the end of a pipe to read from, which is taken over.
    ///   - eventLoop: the current one.
    static func open(_ descriptor: CInt, on eventLoop: any EventLoop) -> EventLoopFuture<OutputPipe> {
        // The handler is kept from the beginning: a quick program can have ended before the pipe is open here.
        let handler = NIOLoopBound(OutputHandler(), eventLoop: eventLoop)
        return NIOPipeBootstrap(group: eventLoop)
            .channelOption(.autoRead, value: false)
            .channelInitializer { channel in
                channel.eventLoop.makeCompletedFuture {
                    try channel.pipeline.syncOperations.addHandler(handler.value)
                }
            }
            .takingOwnershipOfDescriptor(input: descriptor)
            .map { OutputPipe(handler: handler, channel: $0) }
    }

    /// The next bytes; `nil` when the program has closed its output, or has ended and everything was read.
    func next() async -> ByteBuffer? {
        let handler = self.handler
        return await withCheckedContinuation { continuation in
            self.channel.eventLoop.execute { handler.value.next(continuation) }
        }
    }

    /// The program has ended. What others hold the pipe open for is not waited for.
    func programEnded() {
        let handler = self.handler
        self.channel.eventLoop.execute { handler.value.programEnded() }
    }

    func close() {
        self.channel.close(promise: nil)
    }
}

/// The reading of a program's output, on its event loop.
private final class OutputHandler: ChannelInboundHandler {
    typealias InboundIn = ByteBuffer

    /// How long an ended program's pipe may have nothing to read before it counts as read to its end: what left the
    /// program's process group can hold it open for ever.
    private static let patience = TimeAmount.milliseconds(250)

    private var context: ChannelHandlerContext?
    private var pieces: [ByteBuffer] = []
    private var reader: CheckedContinuation<ByteBuffer?, Never>?
    private var isAtEnd = false
    private var hasProgramEnded = false
    private var end: Scheduled<Void>?

    func handlerAdded(context: ChannelHandlerContext) {
        self.context = context
    }

    func channelActive(context: ChannelHandlerContext) {
        // Everybody waits for the header.
        context.read()
    }

    func handlerRemoved(context: ChannelHandlerContext) {
        self.context = nil
    }

    func next(_ continuation: CheckedContinuation<ByteBuffer?, Never>) {
        if !self.pieces.isEmpty {
            continuation.resume(returning: self.pieces.removeFirst())
        } else if self.isAtEnd {
            continuation.resume(returning: nil)
        } else {
            self.reader = continuation
            self.context?.read()
            self.expectEnd()
        }
    }

    func programEnded() {
        self.hasProgramEnded = true
        self.expectEnd()
    }

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        let bytes = self.unwrapInboundIn(data)
        self.end?.cancel()
        if let reader = self.reader {
            self.reader = nil
            reader.resume(returning: bytes)
        } else {
            self.pieces.append(bytes)
        }
    }

    func channelInactive(context: ChannelHandlerContext) {
        self.finish()
    }

    func errorCaught(context: ChannelHandlerContext, error: any Error) {
        context.close(promise: nil)
    }

    private func expectEnd() {
        guard self.hasProgramEnded, self.reader != nil, let context = self.context else { return }
        self.end?.cancel()
        self.end = context.eventLoop.assumeIsolated().scheduleTask(in: Self.patience) {
            self.context?.close(promise: nil)
        }
    }

    private func finish() {
        self.isAtEnd = true
        self.end?.cancel()
        self.reader?.resume(returning: nil)
        self.reader = nil
    }
}
