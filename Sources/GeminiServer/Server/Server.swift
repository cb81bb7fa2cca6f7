import GeminiProtocol
import GeminiTLS
import Logging
import NIOCore
import NIOPosix

/// A Gemini server.
///
/// ```swift
/// let host = VirtualHost(
///     names: [try Host("localhost")],
///     identity: try .automatic(names: ["localhost"]),
///     responder: .closure { _ in .gemtext("# Hello\n") }
/// )
/// try await Server(ServerConfiguration(hosts: [host])).run()
/// ```
///
/// ``run()`` it in a task with the rest of an application, or ``start()`` it and stop it by hand.
public struct Server: Sendable {
    private let configuration: ServerConfiguration

    /// What the process itself needs open, and a few connections.
    private static let fewestDescriptors = 48

    public init(_ configuration: ServerConfiguration) {
        self.configuration = configuration
    }

    /// Serves until the task is cancelled; then running responses get the configured grace.
    ///
    /// - Throws: what ``start()`` throws.
    public func run() async throws {
        let running = try await self.start()
        let (untilCancelled, cancellation) = AsyncStream.makeStream(of: Never.self)
        await withTaskCancellationHandler {
            for await _ in untilCancelled {}
        } onCancel: {
            cancellation.finish()
        }
        await running.shutDown(grace: self.configuration.grace)
    }

    /// Begins to listen.
    ///
    /// - Returns: the running server, which serves until its ``RunningServer/shutDown(grace:)``.
    /// - Throws: ``ListenError`` where an address cannot be had, and an error that names the file and the reason where an
    ///   identity cannot be used. Then nothing is left open.
    public func start() async throws -> RunningServer {
        let configuration = self.configuration
        let descriptors = DescriptorLimit.raise()
        guard descriptors >= Self.fewestDescriptors else {
            throw ServerConfigurationError.tooFewDescriptors(limit: descriptors)
        }
        let group = MultiThreadedEventLoopGroup.singleton
        // The system opens what timers need when a task first sleeps, and ends the process where no descriptor is left.
        try? await Task.sleep(for: .nanoseconds(1))

        let passThrough = try PassThroughTable(configuration.passThrough, besides: configuration.hosts)
        let contexts = TLSContexts(try TLSContexts.Table(hosts: configuration.hosts))
        var registries: [ObjectIdentifier: NIOLoopBound<ConnectionRegistry>] = [:]
        for eventLoop in group.makeIterator() {
            registries[ObjectIdentifier(eventLoop)] = try await eventLoop.submit {
                NIOLoopBound(ConnectionRegistry(eventLoop: eventLoop), eventLoop: eventLoop)
            }.get()
        }
        let census = ConnectionCensus(limits: configuration.limits, descriptors: descriptors)
        if let asked = configuration.limits.maximumConnections, asked > census.maximum {
            configuration.logger.notice(
                "At most \(census.maximum) connections are taken at once, not \(asked): each may need two of the \(descriptors) files that may be open, a limit that is raised with 'ulimit -n', or LimitNOFILE= of systemd."
            )
        }
        let metrics = ServerMetrics(factory: configuration.metrics)
        metrics.shows(configuration.hosts.map(\.shownCertificate))
        let listener = Listener(
            environment: ConnectionEnvironment(
                hosts: VirtualHosts(configuration.hosts, proxy: configuration.proxy),
                passThrough: passThrough,
                limits: configuration.limits,
                accessLog: configuration.accessLog,
                addressDisplay: configuration.addressDisplay,
                metrics: metrics,
                logger: configuration.logger,
                threadPool: .singleton,
                now: { WallTime.now }
            ),
            contexts: contexts,
            census: census,
            refusals: RefusalLog(
                logger: configuration.logger,
                addressDisplay: configuration.addressDisplay,
                metrics: metrics
            ),
            registries: registries,
            group: group,
            reusesPort: configuration.reusesPort
        )

        let bound = try await listener.listen(on: configuration.addresses)
        return RunningServer(
            bound: bound,
            registries: Array(registries.values),
            census: census,
            certificates: CertificateRenewal(
                hosts: configuration.hosts,
                contexts: contexts,
                metrics: metrics,
                logger: configuration.logger
            ),
            metrics: metrics,
            group: group
        )
    }
}
