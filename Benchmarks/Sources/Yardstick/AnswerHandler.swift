import NIOCore

/// Answers the first line that ends in CRLF, whatever it says, and closes its side.
final class AnswerHandler: ChannelInboundHandler {
    typealias InboundIn = ByteBuffer
    typealias OutboundOut = ByteBuffer

    /// Small answers leave in one write; a large one leaves in slices as the socket takes them, since NIOSSL keeps
    /// a buffer as large as the largest write it has seen.
    private static let sliceSize = 65_536

    private var answer: ByteBuffer
    private var lastByte: UInt8 = 0
    private var isAnswering = false

    init(answer: ByteBuffer) {
        self.answer = answer
    }

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        guard !self.isAnswering else { return }
        for byte in self.unwrapInboundIn(data).readableBytesView {
            if byte == UInt8(ascii: "\n"), self.lastByte == UInt8(ascii: "\r") {
                self.isAnswering = true
                self.send(context: context)
                return
            }
            self.lastByte = byte
        }
    }

    func channelWritabilityChanged(context: ChannelHandlerContext) {
        if self.isAnswering {
            self.send(context: context)
        }
        context.fireChannelWritabilityChanged()
    }

    func userInboundEventTriggered(context: ChannelHandlerContext, event: Any) {
        if let event = event as? ChannelEvent, case .inputClosed = event, !self.isAnswering {
            context.close(promise: nil)
        }
        context.fireUserInboundEventTriggered(event)
    }

    func errorCaught(context: ChannelHandlerContext, error: any Error) {
        context.close(promise: nil)
    }

    private func send(context: ChannelHandlerContext) {
        while context.channel.isWritable {
            let length = min(Self.sliceSize, self.answer.readableBytes)
            guard length > 0, let slice = self.answer.readSlice(length: length) else { return }
            let isLast = self.answer.readableBytes == 0
            context.writeAndFlush(self.wrapOutboundOut(slice), promise: nil)
            if isLast {
                context.close(mode: .output, promise: nil)
            }
        }
    }
}
