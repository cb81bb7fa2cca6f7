import NIOCore

/// The first handler of a connection to a listener behind a proxy: it takes the PROXY header off, and passes on what follows
/// (PP-02).
///
/// It holds no deadline: the connection behind it counts the time for the header into that for the handshake.
final class ProxyHeaderHandler: ChannelInboundHandler {
    typealias InboundIn = ByteBuffer
    typealias InboundOut = ByteBuffer

    /// What is told of the first bytes. Event loop only.
    enum Outcome {
        case header(ProxyHeader)
        case invalid(ProxyHeaderError)
    }

    private enum State {
        case waiting(ByteBuffer)
        case passing
        case refused
    }

    private var state = State.waiting(ByteBuffer())
    private var decide: ((Outcome) -> Bool)?

    /// - Parameter decide: called once; says whether the connection goes on.
    init(_ decide: @escaping (Outcome) -> Bool) {
        self.decide = decide
    }

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        switch self.state {
        case .passing: context.fireChannelRead(data)
        case .refused: break
        case .waiting(var bytes):
            self.state = .refused  // so that what has come has one owner while it grows
            bytes.writeImmutableBuffer(self.unwrapInboundIn(data))
            self.look(at: bytes, context: context)
        }
    }

    private func look(at received: ByteBuffer, context: ChannelHandlerContext) {
        var bytes = received
        switch ProxyHeaderFields.recognize(bytes.readableBytesUInt8Span) {
        case .needMore:
            self.state = .waiting(bytes)
        case .header(let fields, let length):
            guard self.conclude(.header(ProxyHeader(fields))) else { return }
            self.state = .passing
            bytes.moveReaderIndex(forwardBy: length)
            if bytes.readableBytes > 0 { context.fireChannelRead(self.wrapInboundOut(bytes)) }
        case .invalid(let error):
            _ = self.conclude(.invalid(error))
        }
    }

    private func conclude(_ outcome: Outcome) -> Bool {
        defer { self.decide = nil }
        return self.decide?(outcome) ?? false
    }
}
