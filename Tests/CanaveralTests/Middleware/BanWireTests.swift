import Canaveral
import GeminiServer
import NIOCore
import TestSupport
import Testing

/// Bans as those see them who are banned.
@Suite("Bans over sockets", .timeLimit(.minutes(10)))
struct BanWireTests {
    private let time = ManualTime()

    /// Two requests a minute, and a ban after three refusals in a row.
    private func withLimitedServer(
        _ configure: (inout ServerConfiguration) -> Void = { _ in },
        _ body: (TestServer) async throws -> Void
    ) async throws {
        let offenders = RepeatOffenders(patience: 3, environment: self.time.environment)
        let router = try Router { routes in
            routes.use(.rateLimit("2/m", banning: offenders))
            routes.page("/") { _ in .text("home") }
        }
        let responder = router.adopting(self.time.environment, store: MemoryStore(), logger: RecordingLog().logger)
        try await withServer(
            responder: responder,
            configure: {
                $0.admission = offenders
                configure(&$0)
            },
            body
        )
    }

    private func header(
        _ server: TestServer,
        from source: String,
        after prelude: [UInt8] = []
    ) async throws -> String {
        let connection = try await TestConnection.connect(
            to: server.address,
            from: try SocketAddress(ipAddress: source, port: 0),
            after: prelude
        )
        try await connection.send(Array("gemini://localhost:\(server.port)/\r\n".utf8))
        let transcript = try await connection.readToEnd()
        await connection.close()
        return transcript.header
    }

    /// Whether the server closes the connection without a byte, whatever is sent.
    private func isRefused(
        by server: TestServer,
        from source: String,
        after prelude: [UInt8] = []
    ) async throws -> Bool {
        let connection = try await TestConnection.connect(
            to: server.address,
            tls: nil,
            from: try SocketAddress(ipAddress: source, port: 0)
        )
        try? await connection.send(prelude)
        _ = try await connection.readToEndOfWire()
        await connection.drop()
        return connection.wire.received == 0
    }

    @Test(
        "One who goes on after 44 is refused before the handshake, and served again after the ban; others are meanwhile"
    )
    func ban() async throws {
        try await self.withLimitedServer { server async throws in
            for round in [60, 120] {
                for expected in ["20 text/plain", "20 text/plain", "44 30", "44 30", "44 30"] {
                    #expect(try await self.header(server, from: "127.0.0.1") == expected)
                }
                #expect(try await self.isRefused(by: server, from: "127.0.0.1"))
                #expect(try await self.header(server, from: "127.0.0.2") == "20 text/plain")
                self.time.advance(by: .seconds(round) - .milliseconds(1))
                #expect(try await self.isRefused(by: server, from: "127.0.0.1"))
                self.time.advance(by: .milliseconds(1))
            }
            #expect(try await self.header(server, from: "127.0.0.1") == "20 text/plain")
        }
    }

    @Test("PP-24: behind a proxy it is the visitor who is banned, and never the proxy")
    func behindProxy() async throws {
        let configure: (inout ServerConfiguration) -> Void = { configuration in
            for index in configuration.listeners.indices {
                configuration.listeners[index].proxyProtocol = ProxyProtocol(trustedSources: ["127.0.0.0/8"])
            }
        }
        try await self.withLimitedServer(configure) { server async throws in
            let port = server.port
            let offender = Array("PROXY TCP4 192.0.2.9 192.0.2.1 5000 \(port)\r\n".utf8)
            let other = Array("PROXY TCP4 192.0.2.10 192.0.2.1 5000 \(port)\r\n".utf8)
            for expected in ["20 text/plain", "20 text/plain", "44 30", "44 30", "44 30"] {
                #expect(try await self.header(server, from: "127.0.0.1", after: offender) == expected)
            }
            #expect(try await self.isRefused(by: server, from: "127.0.0.1", after: offender))
            #expect(try await self.isRefused(by: server, from: "127.0.0.2", after: offender))
            #expect(try await self.header(server, from: "127.0.0.1", after: other) == "20 text/plain")
            // Nor by what a proxy asks in its own name.
            let own = Array("PROXY UNKNOWN\r\n".utf8)
            for expected in ["20 text/plain", "20 text/plain", "44 30", "44 30", "44 30"] {
                #expect(try await self.header(server, from: "127.0.0.1", after: own) == expected)
            }
            #expect(try await self.header(server, from: "127.0.0.1", after: other) == "20 text/plain")
        }
    }
}
