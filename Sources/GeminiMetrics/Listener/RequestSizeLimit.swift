import NIOCore

/// Lets no more than so many bytes of a request through to who parses it. Event loop only.
final class RequestSizeLimit: ChannelInboundHandler {
    typealias InboundIn = ByteBuffer
    typealias InboundOut = ByteBuffer

    /// The request is longer than that.
    struct Exceeded: Error {}

    private var allowance: Int

    init(_ size: Int) {
        self.allowance = size
    }

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        guard self.allowance >= 0 else { return }
        self.allowance -= self.unwrapInboundIn(data).readableBytes
        if self.allowance >= 0 {
            context.fireChannelRead(data)
        } else {
            context.fireErrorCaught(Exceeded())
        }
    }
}
