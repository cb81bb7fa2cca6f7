import NIOCore
import NIOPosix
import NIOSSL

/// A bare NIOSSL server: the least that an answer over TLS can cost with this stack.
///
/// One full handshake a connection, client certificates asked for and accepted as canaveral does, bytes read until
/// CRLF and looked at no further, one answer from memory, then `close(mode: .output)`. It parses no URL, opens no
/// file, writes no log and keeps no deadline, so it is a measure and not a server to put on a network.
@main
struct Yardstick {
    static func main() async throws {
        guard let options = Options(arguments: CommandLine.arguments.dropFirst()) else {
            throw Usage()
        }
        let group = MultiThreadedEventLoopGroup(numberOfThreads: System.coreCount)
        let context = try NIOSSLContext(configuration: options.tlsConfiguration())
        let answer = try options.readAnswer()

        let listener = try await ServerBootstrap(group: group)
            .serverChannelOption(.backlog, value: 1024)
            .serverChannelOption(.maxMessagesPerRead, value: 16)
            .serverChannelOption(.socketOption(.so_reuseaddr), value: 1)
            .childChannelOption(.tcpOption(.tcp_nodelay), value: 1)
            .childChannelOption(.allowRemoteHalfClosure, value: true)
            .childChannelOption(.recvAllocator, value: FixedSizeRecvByteBufferAllocator(capacity: 4096))
            .childChannelInitializer { channel in
                channel.eventLoop.makeCompletedFuture {
                    try channel.pipeline.syncOperations.addHandlers([
                        NIOSSLServerHandler(context: context) { _, promise in promise.succeed(.certificateVerified) },
                        AnswerHandler(answer: answer),
                    ])
                }
            }
            .bind(host: "127.0.0.1", port: options.port)
            .get()
        try await listener.closeFuture.get()
    }
}

struct Usage: Error, CustomStringConvertible {
    var description: String { "usage: Yardstick --cert PEM --key PEM --port PORT --body FILE" }
}
