import Dispatch
import GeminiProtocol
import GeminiServer
import NIOConcurrencyHelpers
import NIOCore
import NIOPosix
import NIOSSL
import TestSupport
import Testing

/// A connection that is lost while its responder runs on the event loop still, before its task is known.
@Suite("Early loss", .timeLimit(.minutes(10)))
struct EarlyLossTests {
    /// Holds the thread that it is called on, as no responder may.
    private final class Block: Sendable {
        let isHeld = NIOLockedValueBox(false)
        private let semaphore = DispatchSemaphore(value: 0)

        func hold() {
            self.isHeld.withLockedValue { $0 = true }
            _ = self.semaphore.wait(timeout: .now() + 10)
        }

        func release() {
            self.semaphore.signal()
        }
    }

    @Test("The responder's task is cancelled even then")
    func cancelled() async throws {
        let block = Block()
        let gate = Gate()
        let responder = ClosureResponder { _ in
            block.hold()
            return .success(
                .plainText,
                .stream { writer in
                    try? await writer.write("nobody reads this\n")
                    try await gate.wait()
                }
            )
        }
        // The client has a thread of its own, because one of the shared ones is held.
        let group = MultiThreadedEventLoopGroup(numberOfThreads: 1)
        var configuration = TLSConfiguration.makeClientConfiguration()
        configuration.certificateVerification = .none
        let context = try NIOSSLContext(configuration: configuration)
        try await withServer(responder: responder, alone: true) { server in
            let channel = try await ClientBootstrap(group: group)
                .channelInitializer { channel in
                    channel.eventLoop.makeCompletedFuture {
                        let handler = try NIOSSLClientHandler(context: context, serverHostname: "localhost")
                        try channel.pipeline.syncOperations.addHandler(handler, name: "tls")
                    }
                }
                .connect(to: server.address).get()
            try await channel.writeAndFlush(ByteBuffer(string: "gemini://localhost/\r\n"))
            #expect(await eventually { block.isHeld.withLockedValue { $0 } })

            try await (channel as? any SocketOptionProvider)?.setSoLinger(linger(l_onoff: 1, l_linger: 0)).get()
            try await channel.pipeline.context(name: "tls").flatMap { $0.close() }.get()
            block.release()
            await gate.cancelled()
            #expect(await server.becomesIdle())
        }
        try await group.shutdownGracefully()
    }
}
