import GeminiProtocol
public import GeminiServer
import Logging
public import ServiceLifecycle
import UnixSignals

extension Capsule {
    /// Serves until the process is told to stop by SIGINT or SIGTERM: no connection is accepted from then on, and running
    /// responses get their grace; then the services end, the last one first.
    ///
    /// - Throws: what ``start()`` throws, and what a service throws.
    public func run() async throws {
        try await self.serviceGroup(stoppedBy: [.sigterm, .sigint]).run()
    }

    /// The services and the server; the last one ends first.
    func serviceGroup(stoppedBy signals: [UnixSignal]) -> ServiceGroup {
        let feeding = self.options.services.filter { $0 is any PageFeeding }
        let others = self.options.services.filter { !($0 is any PageFeeding) }
        return ServiceGroup(
            configuration: ServiceGroupConfiguration(
                services: others + [CapsuleService(capsule: self)] + feeding,
                gracefulShutdownSignals: signals,
                logger: self.options.logger
            )
        )
    }

    /// The capsule as a service of a larger application: its server, without the services of its options, which are the
    /// larger application's to run.
    ///
    /// It stops at a graceful shutdown and when its task is cancelled.
    public var service: some Service {
        self.serviceGroup(stoppedBy: [])
    }

    /// Begins to serve, without the services.
    ///
    /// - Returns: the running server, which serves until its `shutDown(grace:)`.
    /// - Throws: `ListenError` where an address cannot be had, and an error whose description names the file and the reason
    ///   where a certificate cannot be used or the access log cannot be written.
    public func start() async throws -> RunningServer {
        try await Server(self.serverConfiguration()).start()
    }

    /// The server that it is.
    package func serverConfiguration() throws -> ServerConfiguration {
        var configuration = ServerConfiguration(
            listeners: self.options.listeners
                ?? ListenAddress.standard(
                    for: self.hosts.flatMap { $0.names + $0.wildcards.map(\.domain) },
                    port: self.options.port
                ).map(ListenerConfiguration.init),
            hosts: try self.hosts.map { host in
                var virtualHost = VirtualHost(
                    names: host.names,
                    identity: try host.identity.identity(for: host.certificateNames),
                    responder: self.adopted(host.responder),
                    acceptsUploads: host.acceptsUploads
                )
                virtualHost.wildcards = host.wildcards
                virtualHost.uploadSize = host.uploadSize
                if case .own(let accessLog) = host.accessLog {
                    virtualHost.accessLog = try accessLog.sink(logger: self.options.logger) ?? NoAccessLog()
                }
                return virtualHost
            }
        )
        configuration.proxy = self.options.proxy.map { self.adopted($0) }
        configuration.passThrough = self.options.passThrough
        configuration.limits = self.options.limits
        configuration.admission = self.options.admission
        configuration.grace = self.options.grace
        configuration.reusesPort = self.options.reusesPort
        configuration.addressDisplay = self.options.addressDisplay
        configuration.logger = self.options.logger
        configuration.accessLog = try self.options.accessLog.sink(logger: self.options.logger)
        return configuration
    }
}

extension CapsuleOptions.AccessLog {
    fileprivate func sink(logger: Logger) throws -> (any AccessLogSink)? {
        switch self {
        case .none: nil
        case .standardOutput: AccessLogFile.standardOutput(logger: logger)
        case .file(let path): try AccessLogFile(path: path, logger: logger)
        case .sink(let sink): sink
        }
    }
}
