import GeminiProtocol
import GeminiServer
import NIOCore
import TestSupport
import Testing

@Suite("Connections at once", .timeLimit(.minutes(10)))
struct AdmissionTests {
    @Test("One more than the server's limit is closed with no byte, until somebody leaves")
    func serverFull() async throws {
        var limits = Limits()
        limits.maximumConnections = 3
        try await withServer(limits: limits) { server in
            var connections: [TestConnection] = []
            for _ in 0..<3 { connections.append(try await server.connect()) }

            let refused = try await server.connect(nil)
            #expect(try await refused.readToEnd().bytes.isEmpty)
            #expect(server.running.connectionCount == 3)
            #expect(server.log.contains("as many as may be at once"))

            // Those that are in are served.
            try await connections[0].send("gemini://localhost/\r\n")
            #expect(try await connections[0].readToEnd().header == "20 text/gemini")
            await connections[0].close()
            #expect(await eventually { server.running.connectionCount == 2 })
            #expect(try await server.answer(to: "gemini://localhost/").header == "20 text/gemini")
        }
    }

    @Test("One more than an address's limit is closed, and other addresses are not concerned")
    func addressFull() async throws {
        var limits = Limits()
        limits.maximumConnectionsPerAddress = 2
        try await withServer(limits: limits) { server in
            let first = try await server.connect()
            _ = try await server.connect()
            let refused = try await server.connect(nil)
            #expect(try await refused.readToEnd().bytes.isEmpty)
            #expect(server.log.contains("as many as one address may have"))

            let other = try await TestConnection.connect(
                to: server.address,
                from: SocketAddress(ipAddress: "127.0.0.3", port: 0)
            )
            try await other.send("gemini://localhost/\r\n")
            #expect(try await other.readToEnd().header == "20 text/gemini")
            await other.close()
            #expect(await server.accessLog.entries(atLeast: 1)[0].remoteAddress?.ipAddress == "127.0.0.3")

            await first.drop()
            #expect(await eventually { server.running.connectionCount == 1 })
            #expect(try await server.answer(to: "gemini://localhost/").header == "20 text/gemini")
        }
    }

    @Test("The default lets 256 in from one address")
    func defaults() {
        #expect(Limits().maximumConnectionsPerAddress == 256)
        #expect(Limits().maximumConnections == nil)
        #expect(Limits().handshakeTimeout == .seconds(10))
        #expect(Limits().requestTimeout == .seconds(10))
        #expect(Limits().stallTimeout == .seconds(60))
        #expect(Limits().linger == .seconds(2))
    }
}
