import NIOCore
import NIOHTTP1
import NIOPosix

/// A web server on loopback with a few pages.
enum WebServer {
    struct Page: Sendable {
        var status = HTTPResponseStatus.ok
        var headers: HTTPHeaders = [:]
        var body: [UInt8] = []
        /// Whether it never comes to an end.
        var endless = false

        static func html(_ text: String) -> Page {
            Page(headers: ["Content-Type": "text/html; charset=utf-8"], body: Array(text.utf8))
        }

        static func redirect(_ target: String) -> Page {
            Page(status: .found, headers: ["Location": target])
        }
    }

    /// Serves the pages while the closure runs, which gets the port.
    static func with<Result>(_ pages: [String: Page], _ body: (Int) async throws -> Result) async throws -> Result {
        let server = try await ServerBootstrap(group: MultiThreadedEventLoopGroup.singleton)
            .childChannelInitializer { channel in
                channel.eventLoop.makeCompletedFuture {
                    try channel.pipeline.syncOperations.configureHTTPServerPipeline()
                    try channel.pipeline.syncOperations.addHandler(Handler(pages: pages))
                }
            }
            .bind(host: "127.0.0.1", port: 0).get()
        do {
            let result = try await body(server.localAddress?.port ?? 0)
            try await server.close()
            return result
        } catch {
            try? await server.close()
            throw error
        }
    }

    private final class Handler: ChannelInboundHandler {
        typealias InboundIn = HTTPServerRequestPart
        typealias OutboundOut = HTTPServerResponsePart

        private let pages: [String: Page]

        init(pages: [String: Page]) {
            self.pages = pages
        }

        func channelRead(context: ChannelHandlerContext, data: NIOAny) {
            guard case .head(let request) = self.unwrapInboundIn(data) else { return }
            let page = self.pages[request.uri] ?? Page(status: .notFound)
            let head = HTTPResponseHead(version: .http1_1, status: page.status, headers: page.headers)
            context.write(self.wrapOutboundOut(.head(head)), promise: nil)
            context.writeAndFlush(self.wrapOutboundOut(.body(.byteBuffer(ByteBuffer(bytes: page.body)))), promise: nil)
            if !page.endless { context.writeAndFlush(self.wrapOutboundOut(.end(nil)), promise: nil) }
        }
    }
}
