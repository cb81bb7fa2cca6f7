import NIOCore
import NIOHTTP1
import NIOPosix

/// Answers the one request of a connection. Event loop only.
final class MetricsRequestHandler: ChannelInboundHandler {
    typealias InboundIn = HTTPServerRequestPart
    typealias OutboundOut = HTTPServerResponsePart

    /// How long the other side may take to close after the answer: to close before could take the answer away from who is
    /// still sending.
    private static let linger = TimeAmount.seconds(2)

    private let registry: OpenMetricsRegistry
    private let limits: OpenMetricsListener.Limits
    private let place: OpenConnections.Place
    private var state = ConnectionSlots.Phase.reading {
        didSet { if self.state != oldValue { self.place.move(to: self.state) } }
    }
    private var sendsBody = true
    private var isInputClosed = false
    private var deadline: Scheduled<Void>?

    /// - Parameter place: told how far the connection is.
    init(registry: OpenMetricsRegistry, limits: OpenMetricsListener.Limits, place: OpenConnections.Place) {
        self.registry = registry
        self.limits = limits
        self.place = place
    }

    func handlerAdded(context: ChannelHandlerContext) {
        self.close(context, in: self.limits.requestTime)
    }

    func channelInactive(context: ChannelHandlerContext) {
        self.deadline?.cancel()
        context.fireChannelInactive()
    }

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        guard case .reading = self.state, case .head(let head) = self.unwrapInboundIn(data) else { return }
        self.close(context, in: self.limits.time)
        self.sendsBody = head.method != .HEAD
        guard head.version.major == 1 else { return self.refuse(.httpVersionNotSupported, context: context) }
        // RFC 9112 §3.2: one Host, and without one there is no HTTP/1.1.
        let hosts = head.headers["host"].count
        guard hosts == 1 || hosts == 0 && head.version.minor == 0 else {
            return self.refuse(.badRequest, context: context)
        }
        guard Self.path(of: head.uri) == "/metrics" else { return self.refuse(.notFound, context: context) }
        switch head.method {
        case .GET, .HEAD: self.answer(context: context)
        default: self.refuse(.methodNotAllowed, headers: ["Allow": "GET, HEAD"], context: context)
        }
    }

    func userInboundEventTriggered(context: ChannelHandlerContext, event: Any) {
        guard let event = event as? ChannelEvent, event == .inputClosed else { return }
        self.isInputClosed = true
        switch self.state {
        case .reading, .answered: context.close(promise: nil)
        case .answering: break
        }
    }

    func errorCaught(context: ChannelHandlerContext, error: any Error) {
        switch (self.state, error) {
        case (.reading, is RequestSizeLimit.Exceeded), (.reading, HTTPParserError.headerOverflow):
            self.refuse(.requestHeaderFieldsTooLarge, context: context)
        case (.reading, is HTTPParserError):
            self.refuse(.badRequest, context: context)
        // What comes behind a request is of no interest.
        case (_, is HTTPParserError), (_, is RequestSizeLimit.Exceeded): break
        default: context.close(promise: nil)
        }
    }

    /// The path of a request's target, which may be a whole URL (RFC 9112 §3.2.2), without its query.
    private static func path(of target: String) -> Substring {
        var path = Substring(target)
        if let scheme = path.firstRange(of: "://"), !path.hasPrefix("/") {
            let rest = path[scheme.upperBound...]
            path = rest.firstIndex(of: "/").map { rest[$0...] } ?? "/"
        }
        return path.prefix { $0 != "?" }
    }

    /// Makes the text on a thread that may wait, since to count descriptors can take a while.
    private func answer(context: ChannelHandlerContext) {
        self.state = .answering
        let handler = NIOLoopBound((self, context), eventLoop: context.eventLoop)
        NIOThreadPool.singleton.runIfActive(eventLoop: context.eventLoop) { [registry = self.registry] in
            registry.exposition()
        }.whenComplete { result in
            let (handler, context) = handler.value
            guard context.channel.isActive, case .success(let text) = result else { return }
            handler.send(
                .ok,
                headers: ["Content-Type": OpenMetricsText.contentType, "Cache-Control": "no-store"],
                body: text,
                context: context
            )
        }
    }

    private func refuse(_ status: HTTPResponseStatus, headers: HTTPHeaders = [:], context: ChannelHandlerContext) {
        var headers = headers
        headers.add(name: "Content-Type", value: "text/plain; charset=utf-8")
        self.send(
            status,
            headers: headers,
            body: "\(status.reasonPhrase). Metrics are at /metrics.\n",
            context: context
        )
    }

    private func send(
        _ status: HTTPResponseStatus,
        headers: HTTPHeaders,
        body: String,
        context: ChannelHandlerContext
    ) {
        self.state = .answering
        var headers = headers
        headers.add(name: "Content-Length", value: "\(body.utf8.count)")
        headers.add(name: "Connection", value: "close")
        let head = HTTPResponseHead(version: .http1_1, status: status, headers: headers)
        context.write(self.wrapOutboundOut(.head(head)), promise: nil)
        if self.sendsBody {
            let body = context.channel.allocator.buffer(string: body)
            context.write(self.wrapOutboundOut(.body(.byteBuffer(body))), promise: nil)
        }
        let sent = context.eventLoop.makePromise(of: Void.self)
        let handler = NIOLoopBound((self, context), eventLoop: context.eventLoop)
        sent.futureResult.whenSuccess {
            let (handler, context) = handler.value
            handler.state = .answered
            guard !handler.isInputClosed else { return context.close(promise: nil) }
            context.close(mode: .output, promise: nil)
            handler.close(context, in: Self.linger)
        }
        context.writeAndFlush(self.wrapOutboundOut(.end(nil)), promise: sent)
    }

    /// Ends the connection after a while, whatever was to end it before.
    private func close(_ context: ChannelHandlerContext, in time: TimeAmount) {
        self.deadline?.cancel()
        self.deadline = context.eventLoop.assumeIsolated().scheduleTask(in: time) { context.close(promise: nil) }
    }
}
