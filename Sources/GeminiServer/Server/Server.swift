import NIOConcurrencyHelpers
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

        let environment = try await ConnectionEnvironment.make(configuration)
        var registries: [ObjectIdentifier: NIOLoopBound<ConnectionRegistry>] = [:]
        for eventLoop in group.makeIterator() {
            registries[ObjectIdentifier(eventLoop)] = try await eventLoop.submit {
                NIOLoopBound(ConnectionRegistry(eventLoop: eventLoop), eventLoop: eventLoop)
            }.get()
        }
        let census = ConnectionCensus(limits: configuration.limits, descriptors: descriptors)
        census.explain(configuration.limits, descriptors: descriptors, to: configuration.logger)
        let listener = Listener(
            serving: NIOLockedValueBox(environment),
            census: census,
            registries: registries,
            group: group,
            reusesPort: configuration.reusesPort,
            stallTimeout: configuration.limits.stallTimeout
        )
        return RunningServer(
            listener: listener,
            points: try await listener.listen(on: configuration.listeners),
            upkeep: CertificateUpkeep(configuration, environment)
        )
    }
}
