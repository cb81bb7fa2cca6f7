import GeminiProtocol
import GeminiTLS
import NIOPosix

extension ConnectionEnvironment {
    /// Checks a configuration, and makes what connections need of it.
    ///
    /// - Parameter earlier: what connections have had so far; what is the same in both goes on.
    /// - Throws: ``ServerConfigurationError``, and what NIOSSL says of an identity that it cannot use.
    static func make(
        _ configuration: ServerConfiguration,
        following earlier: ConnectionEnvironment? = nil
    ) async throws -> ConnectionEnvironment {
        // A thousand contexts take a while.
        try await NIOThreadPool.singleton.runIfActive {
            try ConnectionEnvironment(configuration, following: earlier)
        }
    }

    private convenience init(_ configuration: ServerConfiguration, following earlier: ConnectionEnvironment?) throws {
        guard !configuration.hosts.isEmpty || !configuration.passThrough.isEmpty else {
            throw ServerConfigurationError.noHosts
        }
        self.init(
            hosts: try VirtualHosts(
                configuration.hosts,
                proxy: configuration.proxy,
                allowsServerNameMismatch: configuration.allowsServerNameMismatch
            ),
            contexts: TLSContexts(
                try TLSContexts.Table(hosts: configuration.hosts, reusing: earlier?.contexts.current)
            ),
            passThrough: try PassThroughTable(
                configuration.passThrough,
                besides: configuration.hosts,
                following: earlier?.passThrough
            ),
            limits: configuration.limits,
            admission: configuration.admission,
            accessLog: configuration.accessLog,
            addressDisplay: configuration.addressDisplay,
            metrics: earlier?.metrics ?? ServerMetrics(factory: configuration.metrics),
            logger: configuration.logger,
            threadPool: .singleton,
            now: { WallTime.now }
        )
    }
}
