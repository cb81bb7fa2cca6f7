import NIOConcurrencyHelpers
import NIOCore
import NIOPosix
import NIOSSL
import NIOTLS

/// A client that counts the lines that come, and keeps none of them: a thousand of them weigh nothing beside the server.
final class ChatReader: Sendable {
    private struct State {
        var lines = 0
        var hasEnded = false
        var waiting: (count: Int, promise: EventLoopPromise<Void>)?
    }

    let channel: any Channel
    private let state: NIOLockedValueBox<State>

    private init(channel: any Channel, state: NIOLockedValueBox<State>) {
        self.channel = channel
        self.state = state
    }

    /// Connects and asks for a page.
    static func open(
        _ url: String,
        at address: SocketAddress,
        context: NIOSSLContext,
        reads: Bool = true
    ) async throws -> ChatReader {
        let state = NIOLockedValueBox(State())
        let channel = try await ClientBootstrap(group: MultiThreadedEventLoopGroup.singleton)
            .channelOption(.socketOption(.so_rcvbuf), value: 16_384)
            .channelInitializer { channel in
                channel.eventLoop.makeCompletedFuture {
                    let tls = try NIOSSLClientHandler(context: context, serverHostname: "localhost")
                    try channel.pipeline.syncOperations.addHandlers(tls, Handler(url: url, reads: reads, state: state))
                }
            }
            .connect(to: address).get()
        return ChatReader(channel: channel, state: state)
    }

    var lines: Int { self.state.withLockedValue { $0.lines } }

    /// Waits until so many lines have come, the header among them.
    func read(lines count: Int) async throws {
        let promise = self.channel.eventLoop.makePromise(of: Void.self)
        let isThere = self.state.withLockedValue { state in
            if state.lines >= count || state.hasEnded { return true }
            state.waiting = (count, promise)
            return false
        }
        if isThere { promise.succeed() }
        try await promise.futureResult.get()
    }

    func close() async {
        try? await self.channel.close()
    }

    private final class Handler: ChannelInboundHandler, Sendable {
        typealias InboundIn = ByteBuffer
        typealias OutboundOut = ByteBuffer

        private let url: String
        private let reads: Bool
        private let state: NIOLockedValueBox<State>

        init(url: String, reads: Bool, state: NIOLockedValueBox<State>) {
            self.url = url
            self.reads = reads
            self.state = state
        }

        func userInboundEventTriggered(context: ChannelHandlerContext, event: Any) {
            guard case TLSUserEvent.handshakeCompleted = event else { return }
            if !self.reads {
                try? context.channel.syncOptions?.setOption(.autoRead, value: false)
            }
            context.writeAndFlush(self.wrapOutboundOut(ByteBuffer(string: self.url + "\r\n")), promise: nil)
        }

        func channelRead(context: ChannelHandlerContext, data: NIOAny) {
            let lines = self.unwrapInboundIn(data).readableBytesView.count { $0 == UInt8(ascii: "\n") }
            self.update { $0.lines += lines }
        }

        func channelInactive(context: ChannelHandlerContext) {
            self.update { $0.hasEnded = true }
        }

        func errorCaught(context: ChannelHandlerContext, error: any Error) {
            context.close(promise: nil)
        }

        private func update(_ change: (inout State) -> Void) {
            let ready = self.state.withLockedValue { state -> EventLoopPromise<Void>? in
                change(&state)
                guard let waiting = state.waiting, state.lines >= waiting.count || state.hasEnded else { return nil }
                state.waiting = nil
                return waiting.promise
            }
            ready?.succeed()
        }
    }
}
