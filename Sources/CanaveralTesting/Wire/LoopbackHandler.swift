import NIOCore
import NIOSSL
import NIOTLS

/// Brings what a server sends into an inbox, as fast as that is read. On the channel's event loop.
final class LoopbackHandler: ChannelInboundHandler {
    typealias InboundIn = ByteBuffer

    /// Told to the channel: the test has gone away.
    struct Departure: Sendable {}

    private let inbox: Inbox
    private let tls: NIOSSLClientHandler
    private let handshake: EventLoopPromise<Void>
    private var failure: (any Error)?
    private var isOpen = false

    init(inbox: Inbox, tls: NIOSSLClientHandler, handshake: EventLoopPromise<Void>) {
        self.inbox = inbox
        self.tls = tls
        self.handshake = handshake
    }

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        let channel = context.channel
        self.setReading(false, channel)
        let reading = NIOLoopBound(self, eventLoop: context.eventLoop)
        self.inbox.append(self.unwrapInboundIn(data)) { _ in
            if channel.eventLoop.inEventLoop {
                reading.value.setReading(true, channel)
            } else {
                channel.eventLoop.execute { reading.value.setReading(true, channel) }
            }
        }
    }

    func userInboundEventTriggered(context: ChannelHandlerContext, event: Any) {
        switch event {
        case TLSUserEvent.handshakeCompleted:
            self.isOpen = true
            self.handshake.succeed()
        // Of a client that has closed its own side, the other side's close_notify completes the shutdown.
        case ChannelEvent.inputClosed, TLSUserEvent.shutdownCompleted:
            self.inbox.finish(self.failure == nil ? .whole : .brokenOff)
            context.close(promise: nil)
        case is Departure:
            if let below = try? context.pipeline.syncOperations.context(handler: self.tls) {
                below.close(promise: nil)
            } else {
                context.close(promise: nil)
            }
        default:
            break
        }
    }

    func errorCaught(context: ChannelHandlerContext, error: any Error) {
        self.failure = self.failure ?? error
        if !self.isOpen { self.handshake.fail(error) }
    }

    func channelInactive(context: ChannelHandlerContext) {
        if !self.isOpen { self.handshake.fail(ChannelError.eof) }
        self.inbox.finish(.brokenOff)
    }

    private func setReading(_ isReading: Bool, _ channel: any Channel) {
        try? channel.syncOptions?.setOption(.autoRead, value: isReading)
    }
}
