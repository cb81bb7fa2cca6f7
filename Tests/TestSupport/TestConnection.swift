import NIOConcurrencyHelpers
package import NIOCore
import NIOPosix
public import NIOSSL

#if canImport(Darwin)
import Darwin
#elseif canImport(Glibc)
import Glibc
#elseif canImport(Musl)
import Musl
#endif

/// A client connection under the full control of a test: it sends what it is told, when it is told, as no honest client
/// would, and keeps everything that comes back.
package final class TestConnection: Sendable {
    /// How to speak TLS, or not to.
    package struct TLS: Sendable {
        package var serverName: String? = "localhost"
        package var versions: ClosedRange<TLSVersion> = .tlsv12 ... .tlsv13
        package var certificate: [NIOSSLCertificate] = []
        package var key: NIOSSLPrivateKey?

        package init() {}
    }

    /// What came back over the life of a connection.
    package struct Transcript: Sendable, CustomStringConvertible {
        package var bytes: [UInt8] = []
        /// The server ended with a TLS close_notify (GP-010).
        package var closeNotify = false
        /// The server's side has ended, in whatever way.
        package var ended = false
        package var error: String?

        package var text: String { String(decoding: self.bytes, as: UTF8.self) }

        /// The header without its CRLF.
        package var header: String {
            String(decoding: self.bytes.prefix { $0 != UInt8(ascii: "\r") }, as: UTF8.self)
        }

        package var description: String {
            let end =
                self.closeNotify ? "close_notify" : self.error ?? (self.ended ? "ended without close_notify" : "open")
            return "\(self.header), \(self.bytes.count) bytes, \(end)"
        }

        /// What follows the header.
        package var body: [UInt8] {
            guard let end = self.bytes.firstIndex(of: UInt8(ascii: "\n")) else { return [] }
            return Array(self.bytes[(end + 1)...])
        }
    }

    package let channel: any Channel
    /// What happens below TLS.
    package let wire: WireTap
    private let collector: Collector
    /// The TLS handler, once there is one. On the event loop.
    private let tls: @Sendable () -> NIOSSLHandler?

    init(
        channel: any Channel,
        wire: WireTap,
        collector: Collector,
        tls: @escaping @Sendable () -> NIOSSLHandler?
    ) {
        self.channel = channel
        self.wire = wire
        self.collector = collector
        self.tls = tls
    }

    /// Connects, and with TLS completes the handshake.
    ///
    /// - Parameters:
    ///   - receiveBuffer: the size of the socket's receive buffer, for clients that stop reading.
    ///   - packetSize: the bytes that go into one packet, of the handshake too, for clients that dribble.
    ///   - source: the address to connect from.
    ///   - prelude: bytes that go before TLS.
    package static func connect(
        to address: SocketAddress,
        tls: TLS? = TLS(),
        receiveBuffer: Int? = nil,
        packetSize: Int? = nil,
        from source: SocketAddress? = nil,
        after prelude: [UInt8] = []
    ) async throws -> TestConnection {
        try await Self.connect(
            to: address,
            context: tls.map { try NIOSSLContext(configuration: $0.configuration) },
            serverName: tls?.serverName,
            receiveBuffer: receiveBuffer,
            packetSize: packetSize,
            from: source,
            after: prelude
        )
    }

    /// Connects with a context made elsewhere, or without TLS.
    package static func connect(
        to address: SocketAddress,
        context: NIOSSLContext?,
        serverName: String?,
        receiveBuffer: Int? = nil,
        packetSize: Int? = nil,
        from source: SocketAddress? = nil,
        after prelude: [UInt8] = []
    ) async throws -> TestConnection {
        let collector = Collector()
        let wire = WireTap()
        var bootstrap = ClientBootstrap(group: MultiThreadedEventLoopGroup.singleton)
            .channelOption(.allowRemoteHalfClosure, value: true)
            .channelOption(.tcpOption(.tcp_nodelay), value: 1)
        if let receiveBuffer {
            bootstrap = bootstrap.channelOption(.socketOption(.so_rcvbuf), value: .init(receiveBuffer))
        }
        if let source { bootstrap = bootstrap.bind(to: source) }
        bootstrap = bootstrap.channelInitializer { channel in
            channel.eventLoop.makeCompletedFuture {
                try channel.pipeline.syncOperations.addHandler(wire.handler(pieceSize: packetSize, prelude: prelude))
                if let context {
                    let handler = try NIOSSLClientHandler(context: context, serverHostname: serverName)
                    try channel.pipeline.syncOperations.addHandler(handler)
                }
                try channel.pipeline.syncOperations.addHandler(collector.handler())
            }
        }
        let channel = try await bootstrap.connect(to: address).get()
        let handler = try await channel.eventLoop.submit {
            (try? channel.pipeline.syncOperations.handler(type: NIOSSLClientHandler.self))
                .map { NIOLoopBound($0, eventLoop: channel.eventLoop) }
        }.get()
        let connection = TestConnection(channel: channel, wire: wire, collector: collector, tls: { handler?.value })
        if context != nil {
            do {
                try await collector.handshake(on: channel.eventLoop).get()
            } catch {
                await connection.drop()
                throw error
            }
        }
        return connection
    }

    /// Sends bytes, all at once or piece by piece, each piece in a packet of its own.
    package func send(_ bytes: some Collection<UInt8>, inPiecesOf size: Int? = nil) async throws {
        var rest = Array(bytes)[...]
        repeat {
            let piece = rest.prefix(size ?? rest.count)
            try await self.channel.writeAndFlush(ByteBuffer(bytes: piece))
            rest = rest.dropFirst(piece.count)
        } while !rest.isEmpty
    }

    package func send(_ text: String, inPiecesOf size: Int? = nil) async throws {
        try await self.send(Array(text.utf8), inPiecesOf: size)
    }

    /// Sends close_notify and FIN, and goes on reading.
    package func closeOutput() async throws {
        try await self.channel.close(mode: .output)
    }

    /// Sends FIN without close_notify, and goes on reading.
    package func finishWire() async throws {
        let channel = self.channel
        let tls = self.tls
        try await channel.eventLoop.flatSubmit {
            let closed = channel.eventLoop.makePromise(of: Void.self)
            if let handler = tls(), let below = try? channel.pipeline.syncOperations.context(handler: handler) {
                below.close(mode: .output, promise: closed)
            } else {
                channel.close(mode: .output, promise: closed)
            }
            return closed.futureResult
        }.get()
    }

    /// Closes the socket without a word from TLS.
    package func drop() async {
        let channel = self.channel
        let tls = self.tls
        try? await channel.eventLoop.submit {
            if let handler = tls(), let below = try? channel.pipeline.syncOperations.context(handler: handler) {
                below.close(promise: nil)
            } else {
                channel.close(promise: nil)
            }
        }.get()
        try? await channel.closeFuture.get()
    }

    /// Closes the socket with a RST, so that what is on its way in either direction is lost.
    package func reset() async {
        try? await (self.channel as? any SocketOptionProvider)?.setSoLinger(linger(l_onoff: 1, l_linger: 0)).get()
        await self.drop()
    }

    /// Closes the connection as an honest client does.
    package func close() async {
        try? await self.channel.close()
    }

    package func stopReading() async throws {
        try await self.channel.setOption(.autoRead, value: false).get()
    }

    package func resumeReading() async throws {
        try await self.channel.setOption(.autoRead, value: true).get()
        self.channel.read()
    }

    /// Waits for the server to end its side.
    package func readToEnd() async throws -> Transcript {
        try await self.collector.ended(on: self.channel.eventLoop).get()
        return self.collector.transcript
    }

    /// Waits for the server's FIN or RST, which may come after the end of TLS.
    package func readToEndOfWire() async throws -> WireTap.End {
        try await self.wire.end(on: self.channel.eventLoop).get()
    }

    /// What has come so far.
    package var transcript: Transcript {
        self.collector.transcript
    }

    /// Waits until this many bytes have come, or the server has ended.
    package func read(atLeast count: Int) async throws -> Transcript {
        try await self.collector.received(count, on: self.channel.eventLoop).get()
        return self.collector.transcript
    }

    /// Waits for the socket to be closed altogether.
    package func closed() async throws {
        try await self.channel.closeFuture.get()
    }

    package func tlsVersion() async throws -> TLSVersion? {
        let tls = self.tls
        return try await self.channel.eventLoop.submit { tls()?.tlsVersion }.get()
    }

    /// The certificate that the server showed.
    package func serverCertificate() async throws -> NIOSSLCertificate? {
        let tls = self.tls
        return try await self.channel.eventLoop.submit { tls()?.peerCertificate }.get()
    }
}

extension TestConnection.TLS {
    fileprivate var configuration: TLSConfiguration {
        var configuration = TLSConfiguration.makeClientConfiguration()
        configuration.certificateVerification = .none
        configuration.trustRoots = .certificates([])
        configuration.minimumTLSVersion = self.versions.lowerBound
        configuration.maximumTLSVersion = self.versions.upperBound
        configuration.certificateChain = self.certificate.map { .certificate($0) }
        configuration.privateKey = self.key.map { .privateKey($0) }
        configuration.shutdownTimeout = .milliseconds(100)
        return configuration
    }
}

extension TLSVersion: @retroactive Comparable {
    private var rank: Int {
        switch self {
        case .tlsv1: 0
        case .tlsv11: 1
        case .tlsv12: 2
        case .tlsv13: 3
        }
    }

    public static func < (left: TLSVersion, right: TLSVersion) -> Bool {
        left.rank < right.rank
    }
}
