import NIOCore

/// Has a connection closed only when the last byte of its response has been handed to the system.
///
/// When the client has closed its side, TLS and the channel close everything as soon as they are asked to close ours,
/// and drop what they have not written yet. Between the two, this handler lets each close wait for the bytes before it,
/// close_notify among them. Only connections on which that makes a difference have one.
final class OrderlyCloseHandler: ChannelOutboundHandler {
    typealias OutboundIn = ByteBuffer
    typealias OutboundOut = ByteBuffer

    func close(context: ChannelHandlerContext, mode: CloseMode, promise: EventLoopPromise<Void>?) {
        let written = context.eventLoop.makePromise(of: Void.self)
        written.futureResult.assumeIsolated().whenComplete { _ in context.close(mode: mode, promise: promise) }
        context.writeAndFlush(self.wrapOutboundOut(ByteBuffer()), promise: written)
    }
}
