import GeminiProtocol
import GeminiTLS
import NIOCore

/// Reads the cipher suite off the ServerHello as it comes in, below TLS: NIOSSL does not tell.
final class CipherSuiteObserver: ChannelInboundHandler {
    typealias InboundIn = ByteBuffer
    typealias InboundOut = ByteBuffer

    /// A hello names its suite within this many bytes.
    private static let enough = 128

    private var seen: [UInt8] = []
    private var isDone = false

    /// The suite, once the ServerHello has come.
    private(set) var cipherSuite: CipherSuite?

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        if !self.isDone {
            let bytes = self.unwrapInboundIn(data)
            self.seen.append(contentsOf: bytes.readableBytesView.prefix(Self.enough - self.seen.count))
            self.cipherSuite = ServerHello.cipherSuite(in: self.seen.span).map(CipherSuite.init(code:))
            self.isDone = self.cipherSuite != nil || self.seen.count >= Self.enough
        }
        context.fireChannelRead(data)
    }
}
