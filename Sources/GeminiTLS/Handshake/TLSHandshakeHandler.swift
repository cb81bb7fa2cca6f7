package import NIOCore
package import NIOSSL

/// The first handler of a connection: it looks at the ClientHello before any TLS library does.
///
/// - A peer that does not speak TLS is let go with no byte sent (GP-003): BoringSSL would answer with an alert.
/// - The name in the hello picks the context of its host, and only now is the TLS handler made, so that port scanners
///   cost next to nothing.
/// - A session that carries a certificate is not resumed (GP-160): if TLS knows the client's certificate before the client
///   can have shown one, its reply is dropped, and the same hello begins a handshake that resumes nothing.
/// - The cipher suite is read off the ServerHello on its way out.
///
/// After that it passes everything on. It stays in the pipeline, since to leave it costs more than a connection's few
/// events. It holds no deadline: the connection behind it counts the time of the handshake as of every other state.
package final class TLSHandshakeHandler: ChannelDuplexHandler {
    package typealias InboundIn = ByteBuffer
    package typealias InboundOut = ByteBuffer
    package typealias OutboundIn = ByteBuffer
    package typealias OutboundOut = ByteBuffer

    private let contexts: TLSContexts
    private var received: ByteBuffer?
    private var reply = Reply.awaited

    /// What TLS answers to the hello.
    private enum Reply {
        case awaited
        /// What there is of it, until it is known whether it may leave.
        case held(ByteBuffer?, EventLoopPromise<Void>?)
        case sent
    }

    /// The host name that the client asked for, once its hello has arrived.
    package private(set) var serverName: String?
    /// The code point of the negotiated cipher suite, once the ServerHello has left.
    package private(set) var cipherSuite: UInt16?
    /// The TLS handler behind this one; it knows version and peer certificate. Event loop only.
    package private(set) var tls: NIOSSLServerHandler?
    /// Why the connection was let go with no byte sent.
    package private(set) var refusal: Refusal?

    package enum Refusal: Sendable {
        /// Its first bytes were no TLS.
        case notTLS
        /// There is no host of that name here, nor one whose certificate could be shown in its place.
        case noHost
    }

    /// Asked with the name in the hello and all bytes so far; `true`: somebody else has taken the connection over, and it is
    /// passed on as it is. Event loop only.
    package var divert: ((_ serverName: String?, _ hello: ByteBuffer, ChannelHandlerContext) -> Bool)?
    private var isDiverted = false

    /// Whether flushes are held back, so that what is written meanwhile leaves together.
    private var isCorked = false

    package init(contexts: TLSContexts) {
        self.contexts = contexts
    }

    package func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        if self.tls != nil || self.isDiverted {
            context.fireChannelRead(data)
            return
        }
        guard self.refusal == nil else { return }

        var bytes = self.unwrapInboundIn(data)
        if var earlier = self.received {
            self.received = nil
            earlier.writeBuffer(&bytes)
            bytes = earlier
        }
        switch ClientHello.recognize(bytes.readableBytesUInt8Span) {
        case .needMore:
            self.received = bytes
        case .notTLS:
            self.refuse(.notTLS, context: context)
        case .hello(let hello):
            self.begin(hello, bytes: bytes, context: context)
        }
    }

    private func begin(_ hello: ClientHello, bytes: ByteBuffer, context: ChannelHandlerContext) {
        self.serverName = hello.serverName
        if let divert = self.divert {
            self.divert = nil
            // Before it is asked: what it writes is no TLS of ours.
            self.isDiverted = true
            if divert(hello.serverName, bytes, context) { return }
            self.isDiverted = false
        }
        guard let tls = self.contexts.context(for: hello.serverName) else {
            self.refuse(.noHost, context: context)
            return
        }
        do {
            if try self.begin(with: tls.resuming, hello: bytes, context: context) { return }
            if try self.begin(with: tls.forNewSessions(), hello: bytes, context: context) { return }
            context.close(promise: nil)
        } catch {
            context.fireErrorCaught(error)
            context.close(promise: nil)
        }
    }

    /// Hands the hello to TLS, and its reply to the client.
    ///
    /// - Returns: `false` where a session with a certificate would be resumed, of which the client has heard nothing.
    private func begin(
        with tls: NIOSSLContext,
        hello: ByteBuffer,
        context: ChannelHandlerContext
    ) throws -> Bool {
        let handler = ServerTLSPolicy.makeHandler(context: tls)
        try context.pipeline.syncOperations.addHandler(handler, position: .after(self))
        self.tls = handler
        self.reply = .held(nil, nil)
        context.fireChannelRead(self.wrapInboundOut(hello))
        // Whatever has ended the connection has let the reply go, which then is an alert.
        guard case .held = self.reply, handler.peerCertificate != nil else {
            self.sendReply(context: context)
            return true
        }
        self.reply = .awaited
        self.tls = nil
        context.pipeline.syncOperations.removeHandler(handler, promise: nil)
        return false
    }

    private func sendReply(context: ChannelHandlerContext) {
        guard case .held(let reply, let promise) = self.reply else { return }
        self.reply = .sent
        guard let reply else { return }
        self.cipherSuite = ServerHello.cipherSuite(in: reply.readableBytesUInt8Span)
        context.writeAndFlush(self.wrapOutboundOut(reply), promise: promise)
    }

    private func refuse(_ refusal: Refusal, context: ChannelHandlerContext) {
        self.refusal = refusal
        context.close(promise: nil)
    }

    package func write(context: ChannelHandlerContext, data: NIOAny, promise: EventLoopPromise<Void>?) {
        guard case .held(var reply, var replyPromise) = self.reply else {
            context.write(data, promise: promise)
            return
        }
        let bytes = self.unwrapOutboundIn(data)
        if reply?.writeImmutableBuffer(bytes) == nil { reply = bytes }
        replyPromise.setOrCascade(to: promise)
        self.reply = .held(reply, replyPromise)
    }

    package func flush(context: ChannelHandlerContext) {
        if case .held = self.reply { return }
        if !self.isCorked { context.flush() }
    }

    package func close(context: ChannelHandlerContext, mode: CloseMode, promise: EventLoopPromise<Void>?) {
        self.sendReply(context: context)
        context.close(mode: mode, promise: promise)
    }

    /// Has what TLS writes while the closure runs leave in one piece: the last of a response and its close_notify are
    /// one packet, where NIOSSL would flush each by itself. Event loop only.
    package func gathering(_ pipeline: ChannelPipeline.SynchronousOperations, _ body: () -> Void) {
        self.isCorked = true
        body()
        self.isCorked = false
        // Not there any more if the connection has ended meanwhile.
        try? pipeline.context(handler: self).flush()
    }
}
