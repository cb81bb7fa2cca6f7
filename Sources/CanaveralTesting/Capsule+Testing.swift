public import Canaveral
import GeminiProtocol
import GeminiServer
import GeminiTLS
import NIOCore
import ServiceLifecycle

extension Capsule {
    /// Runs a test against the capsule as it would serve.
    ///
    /// ```swift
    /// try await capsule.test { client in
    ///     let page = try await client.get("/users/alice")
    ///     #expect(page.is(.success))
    ///     #expect(page.contains("alice"))
    /// }
    /// ```
    ///
    /// The hosts get a certificate in memory, whatever theirs would be; nothing is read or written on disk by the server
    /// itself.
    ///
    /// - Parameters:
    ///   - transport: in process, or by TLS over a loopback port that the system picks.
    ///   - environment: time and chance; without one, the capsule's own.
    ///   - accessLog: where exchanges are recorded: nowhere unless given.
    ///   - runsServices: whether the capsule's services, its jobs among them, run while the test does. They go by the clock
    ///     that they were made with.
    ///   - body: the test.
    public func test<Result>(
        _ transport: Transport = .inProcess,
        environment: TestEnvironment? = nil,
        accessLog: CapsuleOptions.AccessLog = .none,
        runsServices: Bool = false,
        _ body: (TestClient) async throws -> Result
    ) async throws -> Result {
        let capsule = try self.prepared(environment, accessLog)
        guard runsServices else { return try await capsule.serve(transport, body) }
        return try await withThrowingTaskGroup(of: Void.self) { services in
            for service in capsule.options.services {
                services.addTask { try await service.run() }
            }
            defer { services.cancelAll() }
            return try await capsule.serve(transport, body)
        }
    }

    private func serve<Result>(
        _ transport: Transport,
        _ body: (TestClient) async throws -> Result
    ) async throws -> Result {
        let capsule = self
        var configuration = try capsule.serverConfiguration()
        let home = try GeminiURL("gemini://\(capsule.hosts[0].names[0])/")
        switch transport {
        case .inProcess:
            let wire = InProcessWire(
                hosts: try VirtualHosts(
                    configuration.hosts,
                    proxy: configuration.proxy,
                    allowsServerNameMismatch: configuration.allowsServerNameMismatch
                ),
                port: capsule.options.port,
                uploadLimit: configuration.limits.uploadSize,
                logger: configuration.logger,
                accessLog: configuration.accessLog,
                addressDisplay: configuration.addressDisplay,
                now: capsule.options.environment.now
            )
            return try await body(TestClient(wire: wire, home: home))
        case .loopback:
            configuration.addresses = [ListenAddress(host: "127.0.0.1", port: 0)]
            let server = try await Server(configuration).start()
            do {
                let wire = LoopbackWire(address: server.addresses[0])
                let result = try await body(TestClient(wire: wire, home: home))
                await server.shutDown(grace: .zero)
                return result
            } catch {
                await server.shutDown(grace: .zero)
                throw error
            }
        }
    }

    /// The capsule with what a test puts in the place of the world's.
    private func prepared(_ environment: TestEnvironment?, _ accessLog: CapsuleOptions.AccessLog) throws -> Capsule {
        let identity = try Identity.generate(names: self.hosts.flatMap(\.certificateNames), at: .now)
        var options = self.options
        options.accessLog = accessLog
        if let environment { options.environment = environment.app }
        let hosts = self.hosts.map { host in
            var host = host
            host.identity = HostIdentity { _ in .fixed(identity) }
            return host
        }
        return try Capsule(hosts: hosts, options: options)
    }
}
