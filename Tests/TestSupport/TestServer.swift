import GeminiProtocol
package import GeminiServer
import GeminiTLS
import NIOConcurrencyHelpers
package import NIOCore

/// A server of a test's own on a loopback port, with everything that it records; made by ``withServer``.
package final class TestServer: Sendable {
    package let running: RunningServer
    package let accessLog: RecordingAccessLog
    package let log: RecordingLog

    private let connections = NIOLockedValueBox<[TestConnection]>([])

    init(running: RunningServer, accessLog: RecordingAccessLog, log: RecordingLog) {
        self.running = running
        self.accessLog = accessLog
        self.log = log
    }

    package var address: SocketAddress {
        self.running.addresses[0]
    }

    package var port: Int {
        self.address.port ?? 0
    }

    /// Connects; the connection is dropped with the server if not before.
    package func connect(
        _ tls: TestConnection.TLS? = TestConnection.TLS(),
        receiveBuffer: Int? = nil,
        packetSize: Int? = nil,
        after prelude: [UInt8] = []
    ) async throws -> TestConnection {
        let connection = try await TestConnection.connect(
            to: self.address,
            tls: tls,
            receiveBuffer: receiveBuffer,
            packetSize: packetSize,
            after: prelude
        )
        self.connections.withLockedValue { $0.append(connection) }
        return connection
    }

    /// What comes back for these bytes, on a connection of its own.
    package func answer(
        to request: some Collection<UInt8>,
        tls: TestConnection.TLS = TestConnection.TLS(),
        inPiecesOf size: Int? = nil
    ) async throws -> TestConnection.Transcript {
        let connection = try await TestConnection.connect(to: self.address, tls: tls)
        do {
            try await connection.send(request, inPiecesOf: size)
            let transcript = try await connection.readToEnd()
            await connection.close()
            return transcript
        } catch {
            await connection.drop()
            throw error
        }
    }

    /// What comes back for a URL.
    package func answer(
        to url: String,
        tls: TestConnection.TLS = TestConnection.TLS(),
        inPiecesOf size: Int? = nil
    ) async throws -> TestConnection.Transcript {
        try await self.answer(to: Array((url + "\r\n").utf8), tls: tls, inPiecesOf: size)
    }

    /// Waits until no connection is open.
    ///
    /// - Returns: whether that was so within the time.
    package func becomesIdle(within limit: Duration = .seconds(60)) async -> Bool {
        await eventually(within: limit) { self.running.connectionCount == 0 }
    }

    func stop() async {
        await self.running.shutDown(grace: .zero)
        for connection in self.connections.withLockedValue({ $0 }) { await connection.drop() }
    }
}

/// A host for tests with a new certificate.
package func makeHost(_ names: [String] = ["localhost"], _ responder: any Responder) throws -> VirtualHost {
    let names = try names.map { try Host($0) }
    return VirtualHost(
        names: names,
        identity: .fixed(try Identity.generate(names: names.map(\.description), at: .now)),
        responder: responder
    )
}

/// Runs a server for as long as the closure does.
///
/// - Parameters:
///   - hosts: what it serves; without it, `localhost` answers with the responder.
///   - alone: whether no other server may run meanwhile, for tests that load the machine or measure.
///   - configure: changes to the configuration.
package func withServer<Result>(
    hosts: [VirtualHost]? = nil,
    responder: any Responder = .closure { _ in .gemtext("# Hello\n") },
    limits: Limits = Limits(),
    alone: Bool = false,
    configure: (inout ServerConfiguration) -> Void = { _ in },
    _ body: (TestServer) async throws -> Result
) async throws -> Result {
    try await withServerSlot(alone: alone) {
        let accessLog = RecordingAccessLog()
        let log = RecordingLog()
        var configuration = ServerConfiguration(
            addresses: [ListenAddress(host: "127.0.0.1", port: 0)],
            hosts: try hosts ?? [makeHost(["localhost"], responder)]
        )
        configuration.limits = limits
        configuration.accessLog = accessLog
        configuration.logger = log.logger
        configure(&configuration)

        let running = try await Server(configuration).start()
        let server = TestServer(running: running, accessLog: accessLog, log: log)
        do {
            let result = try await body(server)
            await server.stop()
            return result
        } catch {
            await server.stop()
            throw error
        }
    }
}
