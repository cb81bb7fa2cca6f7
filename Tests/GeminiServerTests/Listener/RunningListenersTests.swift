import GeminiProtocol
import GeminiServer
import NIOCore
import TestSupport
import Testing

@Suite("Listeners of a running server", .timeLimit(.minutes(10)))
struct RunningListenersTests {
    @Test("One more is opened, and closed, and those that are open notice nothing")
    func openAndClose() async throws {
        try await withServer { server async throws in
            let first = server.running.addresses[0]
            let connection = try await server.connect()
            let extra = ListenerConfiguration(ListenAddress(host: "127.0.0.2", port: 0))
            try await server.running.listen(on: [extra])
            #expect(server.running.listeners.map(\.address.host) == ["127.0.0.1", "127.0.0.2"])
            let second = server.running.addresses[1]
            let other = try await TestConnection.connect(to: second)

            await server.running.close(extra.address)
            #expect(server.running.addresses == [first])
            await #expect(throws: (any Error).self) { _ = try await TestConnection.connect(to: second, tls: nil) }
            for connection in [connection, other] {
                try await connection.send("gemini://localhost/\r\n")
                #expect(try await connection.readToEnd().header == "20 text/gemini")
                await connection.close()
            }
        }
    }

    @Test("What is open takes over new settings for connections to come")
    func settings() async throws {
        try await withServer { server async throws in
            let open = try await server.connect()
            var listener = server.running.listeners[0]
            listener.tls = false
            try await server.running.listen(on: [listener])
            #expect(server.running.listeners == [listener])
            #expect(server.running.addresses == [server.address])

            let clear = try await server.connect(nil)
            for connection in [open, clear] {
                try await connection.send("gemini://localhost/\r\n")
                #expect(try await connection.readToEnd().header == "20 text/gemini")
                await connection.close()
            }
        }
    }

    @Test("All or none: where one address cannot be had, nothing changes")
    func allOrNone() async throws {
        try await withServer { server async throws in
            var changed = server.running.listeners[0]
            changed.tls = false
            let bad = ListenerConfiguration(ListenAddress(host: "192.0.2.1", port: 0))
            let good = ListenerConfiguration(ListenAddress(host: "127.0.0.2", port: 0))
            await #expect(throws: ListenError.self) {
                try await server.running.listen(on: [changed, good, bad])
            }
            #expect(server.running.listeners.map(\.tls) == [true])
            #expect(try await server.answer(to: "gemini://localhost/").header == "20 text/gemini")
        }
    }

    @Test("A server that has stopped opens nothing any more")
    func stopped() async throws {
        try await withServer { server async throws in
            await server.running.shutDown(grace: .zero)
            try await server.running.listen(on: [ListenerConfiguration(ListenAddress(host: "127.0.0.2", port: 0))])
            let address = server.running.addresses[1]
            await #expect(throws: (any Error).self) { _ = try await TestConnection.connect(to: address, tls: nil) }
        }
    }
}
