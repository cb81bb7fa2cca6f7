import NIOCore

/// Has a listening socket pause for a second when a connection cannot be accepted, for lack of descriptors for example.
///
/// NIO goes on trying at once: the socket stays ready, and an event loop would do nothing else until a descriptor comes
/// free. To leave reading to NIO and only hold back the calls for it, as its own `AcceptBackoffHandler` does, does not help:
/// after an error the socket stays registered.
final class AcceptPauseHandler: ChannelInboundHandler {
    typealias InboundIn = any Channel

    static let pause = TimeAmount.seconds(1)

    private let failed: (IOError) -> Void
    private var isPaused = false

    /// - Parameter failed: told at the beginning of each pause.
    init(failed: @escaping (IOError) -> Void) {
        self.failed = failed
    }

    func errorCaught(context: ChannelHandlerContext, error: any Error) {
        guard let error = error as? IOError else {
            context.fireErrorCaught(error)
            return
        }
        guard !self.isPaused else { return }
        self.isPaused = true
        try? context.channel.syncOptions?.setOption(.autoRead, value: false)
        self.failed(error)
        let channel = context.channel
        context.eventLoop.assumeIsolated().scheduleTask(in: Self.pause) {
            self.isPaused = false
            try? channel.syncOptions?.setOption(.autoRead, value: true)
        }
    }
}
