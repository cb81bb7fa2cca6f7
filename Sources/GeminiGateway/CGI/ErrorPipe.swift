import GeminiServer
import Logging
import NIOCore
import NIOPosix

/// What a program prints to standard error, of which the log gets the first lines.
struct ErrorPipe: Sendable {
    private let channel: any Channel

    /// - Parameters:
    ///   - descriptor: the end of a pipe to read from, which is taken over.
    ///   - limit: the bytes that reach the log; the rest is read all the same, or the program would stand still.
    ///   - name: what the program is called in the log.
    static func open(
        _ descriptor: CInt,
        on eventLoop: any EventLoop,
        limit: Int,
        name: String,
        logger: Logger
    ) -> EventLoopFuture<ErrorPipe> {
        NIOPipeBootstrap(group: eventLoop)
            .channelInitializer { channel in
                channel.eventLoop.makeCompletedFuture {
                    let handler = ErrorHandler(limit: limit, name: name, logger: logger)
                    try channel.pipeline.syncOperations.addHandler(handler)
                }
            }
            .takingOwnershipOfDescriptor(input: descriptor)
            .map { ErrorPipe(channel: $0) }
    }

    /// The program has ended: what is in the pipe is read, and others who hold it open are not waited for.
    func programEnded() {
        let channel = self.channel
        guard channel.isActive else { return }
        channel.eventLoop.scheduleTask(in: .milliseconds(250)) { channel.close(promise: nil) }
    }
}

private final class ErrorHandler: ChannelInboundHandler {
    typealias InboundIn = ByteBuffer

    private var left: Int
    private var line: [UInt8] = []
    private let name: String
    private let logger: Logger

    init(limit: Int, name: String, logger: Logger) {
        self.left = limit
        self.name = name
        self.logger = logger
    }

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        guard self.left > 0 else { return }
        let bytes = self.unwrapInboundIn(data)
        for byte in bytes.readableBytesView.prefix(self.left) {
            if byte == UInt8(ascii: "\n") { self.tellLine() } else { self.line.append(byte) }
        }
        self.left -= bytes.readableBytes
        guard self.left < 0 else { return }
        self.tellLine()
        self.logger.notice("\(self.name) says more on standard error, which is dropped.")
    }

    func channelInactive(context: ChannelHandlerContext) {
        self.tellLine()
    }

    func errorCaught(context: ChannelHandlerContext, error: any Error) {
        context.close(promise: nil)
    }

    private func tellLine() {
        guard !self.line.isEmpty else { return }
        var text: [UInt8] = []
        text.appendEscaped(self.line.span)
        self.line = []
        self.logger.notice("\(self.name) says: \(String(decoding: text, as: UTF8.self))")
    }
}
