import NIOCore
import NIOPosix
import NIOSSL
import TestSupport
import Testing

#if canImport(Darwin)
import Darwin
#elseif canImport(Glibc)
import Glibc
#elseif canImport(Musl)
import Musl
#endif

/// A server on loopback that does one thing to every connection, right or wrong.
struct ScriptedServer {
    enum Script: Sendable {
        /// Sends bytes once there is a request, and says goodbye.
        case answer(String)
        /// Sends bytes once there is a request, and closes without close_notify.
        case cut(String)
        /// Sends bytes once there is a request, and resets the connection.
        case reset(String)
        /// Sends bytes that are no TLS.
        case plaintext(String)
        /// Accepts, and says nothing.
        case silence
    }

    let port: Int

    /// Runs a server for as long as the closure does.
    static func run<Result>(_ script: Script, _ body: (ScriptedServer) async throws -> Result) async throws -> Result {
        let identity = try TestIdentity().tls()
        let context = try NIOSSLContext(
            configuration: .makeServerConfiguration(
                certificateChain: identity.certificate.map { .certificate($0) },
                privateKey: .privateKey(try #require(identity.key))
            )
        )
        let channel = try await ServerBootstrap(group: MultiThreadedEventLoopGroup.singleton)
            .childChannelInitializer { channel in
                channel.eventLoop.makeCompletedFuture {
                    switch script {
                    case .answer, .cut, .reset:
                        let tls = NIOSSLServerHandler(context: context)
                        try channel.pipeline.syncOperations.addHandlers(tls, ScriptHandler(script, tls: tls))
                    case .plaintext, .silence:
                        try channel.pipeline.syncOperations.addHandler(ScriptHandler(script, tls: nil))
                    }
                }
            }
            .bind(host: "127.0.0.1", port: 0).get()
        do {
            let result = try await body(ScriptedServer(port: channel.localAddress?.port ?? 0))
            try await channel.close()
            return result
        } catch {
            try? await channel.close()
            throw error
        }
    }
}

private final class ScriptHandler: ChannelInboundHandler {
    typealias InboundIn = ByteBuffer
    typealias OutboundOut = ByteBuffer

    private let script: ScriptedServer.Script
    private let tls: NIOSSLServerHandler?

    init(_ script: ScriptedServer.Script, tls: NIOSSLServerHandler?) {
        self.script = script
        self.tls = tls
    }

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        switch self.script {
        case .answer(let text):
            self.write(text, context)
            context.close(promise: nil)
        case .cut(let text):
            self.write(text, context)
            self.closeBeneathTLS(context)
        case .reset(let text):
            self.write(text, context)
            _ = (context.channel as? any SocketOptionProvider)?.setSoLinger(linger(l_onoff: 1, l_linger: 0))
            self.closeBeneathTLS(context)
        case .plaintext(let text):
            self.write(text, context)
            context.close(promise: nil)
        case .silence:
            break
        }
    }

    func errorCaught(context: ChannelHandlerContext, error: any Error) {
        context.close(promise: nil)
    }

    private func write(_ text: String, _ context: ChannelHandlerContext) {
        context.writeAndFlush(self.wrapOutboundOut(ByteBuffer(string: text)), promise: nil)
    }

    private func closeBeneathTLS(_ context: ChannelHandlerContext) {
        guard let tls, let beneath = try? context.pipeline.syncOperations.context(handler: tls) else { return }
        beneath.close(promise: nil)
    }
}
