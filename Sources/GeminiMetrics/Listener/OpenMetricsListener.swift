import NIOConcurrencyHelpers
public import NIOCore
import NIOHTTP1
import NIOPosix

/// Shows a registry to whoever asks by HTTP: `GET /metrics`, as Prometheus does every few seconds.
///
/// ```swift
/// let listener = try await OpenMetricsListener.start(registry, port: 9965)
/// // curl http://127.0.0.1:9965/metrics
/// await listener.shutDown()
/// ```
///
/// Anybody who reaches the address may read: by default that is this machine. There is no TLS and no password; who wants
/// to read from elsewhere puts a server in front that has both.
///
/// A connection answers one request and ends. Requests may have 8 KiB, connections may last ten seconds, and sixteen may be
/// open at once. Thread-safe.
public final class OpenMetricsListener: Sendable {
    /// The address that it listens on, with the port that the system picked where it was asked for 0.
    public let address: SocketAddress

    private let channel: any Channel

    private init(channel: any Channel, address: SocketAddress) {
        self.channel = channel
        self.address = address
    }

    /// Begins to listen.
    ///
    /// - Parameters:
    ///   - registry: what is shown.
    ///   - host: an IP address, without brackets, or a name.
    ///   - port: the port; 0 has the system pick one.
    /// - Throws: ``OpenMetricsListenError`` where the address cannot be had.
    public static func start(
        _ registry: OpenMetricsRegistry,
        host: String = "127.0.0.1",
        port: Int = 9965
    ) async throws -> OpenMetricsListener {
        try await self.start(registry, host: host, port: port, limits: Limits())
    }

    /// What one who asks may cost.
    struct Limits: Sendable {
        /// Bytes of a request.
        var requestSize = 8 * 1024
        /// The whole life of a connection.
        var time = TimeAmount.seconds(10)
        /// Connections at once; one more is closed with no byte sent.
        var connections = 16
    }

    static func start(
        _ registry: OpenMetricsRegistry,
        host: String,
        port: Int,
        limits: Limits
    ) async throws -> OpenMetricsListener {
        guard (0...65535).contains(port) else {
            throw OpenMetricsListenError(host: host, port: port, reason: "\(port) is no port")
        }
        let count = NIOLockedValueBox(0)
        let bootstrap = ServerBootstrap(group: MultiThreadedEventLoopGroup.singleton)
            .serverChannelOption(.socketOption(.so_reuseaddr), value: 1)
            .serverChannelOption(.backlog, value: 64)
            .childChannelOption(.allowRemoteHalfClosure, value: true)
            .childChannelInitializer { channel in
                channel.eventLoop.makeCompletedFuture {
                    try Self.setUp(channel, registry: registry, limits: limits, count: count)
                }
            }
        do {
            let channel = try await bootstrap.bind(host: host, port: port).get()
            guard let address = channel.localAddress else { throw ChannelError.unknownLocalAddress }
            return OpenMetricsListener(channel: channel, address: address)
        } catch {
            throw OpenMetricsListenError(host: host, port: port, error)
        }
    }

    private struct Refused: Error {}

    private static func setUp(
        _ channel: any Channel,
        registry: OpenMetricsRegistry,
        limits: Limits,
        count: NIOLockedValueBox<Int>
    ) throws {
        let isAdmitted = count.withLockedValue { count in
            guard count < limits.connections else { return false }
            count += 1
            return true
        }
        guard isAdmitted else { throw Refused() }
        channel.closeFuture.whenComplete { _ in count.withLockedValue { $0 -= 1 } }
        let pipeline = channel.pipeline.syncOperations
        try pipeline.addHandler(RequestSizeLimit(limits.requestSize))
        try pipeline.addHandler(HTTPResponseEncoder())
        try pipeline.addHandler(ByteToMessageHandler(HTTPRequestDecoder(leftOverBytesStrategy: .dropBytes)))
        try pipeline.addHandler(MetricsRequestHandler(registry: registry, time: limits.time))
    }

    /// Stops listening. Answers under way come to their end by themselves.
    public func shutDown() async {
        try? await self.channel.close()
    }
}
