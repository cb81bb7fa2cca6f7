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
/// A connection answers one request and ends. Requests may have 8 KiB and take three seconds to come, connections may last
/// ten seconds, and 64 may be open at once: one more takes the place of the oldest whose request has not come yet, so that
/// nobody keeps others out by saying nothing. Thread-safe.
public final class OpenMetricsListener: Sendable {
    /// The address that it listens on, with the port that the system picked where it was asked for 0.
    public let address: SocketAddress

    let connections: OpenConnections
    private let channel: any Channel

    private init(channel: any Channel, address: SocketAddress, connections: OpenConnections) {
        self.channel = channel
        self.address = address
        self.connections = connections
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
        /// From the beginning of a connection to the end of its request.
        var requestTime = TimeAmount.seconds(3)
        /// From there to the end of the answer.
        var time = TimeAmount.seconds(10)
        /// Connections at once; one more takes the place of another.
        var connections = 64
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
        let connections = OpenConnections(capacity: limits.connections)
        let bootstrap = ServerBootstrap(group: MultiThreadedEventLoopGroup.singleton)
            .serverChannelOption(.socketOption(.so_reuseaddr), value: 1)
            .serverChannelOption(.backlog, value: 256)
            .childChannelOption(.allowRemoteHalfClosure, value: true)
            .childChannelInitializer { channel in
                channel.eventLoop.makeCompletedFuture {
                    try Self.setUp(channel, registry: registry, limits: limits, among: connections)
                }
            }
        do {
            let channel = try await bootstrap.bind(host: host, port: port).get()
            guard let address = channel.localAddress else { throw ChannelError.unknownLocalAddress }
            return OpenMetricsListener(channel: channel, address: address, connections: connections)
        } catch {
            throw OpenMetricsListenError(host: host, port: port, error)
        }
    }

    private static func setUp(
        _ channel: any Channel,
        registry: OpenMetricsRegistry,
        limits: Limits,
        among connections: OpenConnections
    ) throws {
        let place = connections.add(channel)
        let pipeline = channel.pipeline.syncOperations
        try pipeline.addHandler(RequestSizeLimit(limits.requestSize))
        try pipeline.addHandler(HTTPResponseEncoder())
        try pipeline.addHandler(ByteToMessageHandler(HTTPRequestDecoder(leftOverBytesStrategy: .dropBytes)))
        try pipeline.addHandler(MetricsRequestHandler(registry: registry, limits: limits, place: place))
    }

    /// Stops listening. Answers under way come to their end by themselves.
    public func shutDown() async {
        try? await self.channel.close()
    }
}
