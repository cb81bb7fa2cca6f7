import GeminiProtocol
import GeminiServer
import Logging
import NIOCore
import TestSupport
import Testing

@Suite("Shutting down", .timeLimit(.minutes(10)))
struct ShutdownTests {
    /// Longer than any test takes, so that what ends before it has not waited for it.
    private static let longGrace = Duration.seconds(60)

    private static func gated(_ gate: Gate) -> any Responder {
        .closure { _ in
            try await gate.wait()
            return .text("finished\n")
        }
    }

    @Test("Those that have sent nothing are closed within the second")
    func idle() async throws {
        var limits = Limits()
        limits.handshakeTimeout = .seconds(120)
        limits.requestTimeout = .seconds(120)
        try await withServer(limits: limits) { server in
            let plain = try await server.connect(nil)
            let shaken = try await server.connect()
            #expect(await eventually { server.running.connectionCount == 2 })
            let start = ContinuousClock.now
            await server.running.shutDown(grace: Self.longGrace)
            #expect(ContinuousClock.now - start < .seconds(30), "not the deadline of a request")
            #expect(server.running.connectionCount == 0)
            #expect(try await plain.readToEnd().bytes.isEmpty)
            #expect(try await shaken.readToEnd().bytes.isEmpty)
        }
    }

    @Test("Who was just about to ask when the server stopped is answered")
    func lastCall() async throws {
        try await withServer { server in
            let connection = try await server.connect()
            async let stopped: Void = server.running.shutDown(grace: Self.longGrace)
            // Nobody is let in any more: so it has been told to stop.
            _ = await eventually {
                guard let late = try? await TestConnection.connect(to: server.address, tls: nil) else { return true }
                await late.close()
                return false
            }
            try await connection.send("gemini://localhost/\r\n")
            let transcript = try await connection.readToEnd()
            #expect(transcript.header == "20 text/gemini")
            #expect(transcript.closeNotify)
            await connection.close()
            await stopped
        }
    }

    @Test("Nobody is let in any more")
    func refusing() async throws {
        try await withServer { server in
            let address = server.address
            await server.running.shutDown(grace: .zero)
            await #expect(throws: (any Error).self) { try await TestConnection.connect(to: address, tls: nil) }
        }
    }

    @Test("A response under way is finished, and the server waits for it")
    func finishing() async throws {
        let gate = Gate()
        try await withServer(responder: Self.gated(gate)) { server in
            let connection = try await server.connect()
            let idle = try await server.connect()
            try await connection.send("gemini://localhost/\r\n")
            await gate.entered()

            async let stopped: Void = server.running.shutDown(grace: Self.longGrace)
            #expect(try await idle.readToEnd().bytes.isEmpty)
            await #expect(throws: (any Error).self) { try await TestConnection.connect(to: server.address, tls: nil) }
            #expect(await eventually { server.running.connectionCount == 1 })
            gate.open()
            let transcript = try await connection.readToEnd()
            #expect(transcript.text == "20 text/plain\r\nfinished\n")
            #expect(transcript.closeNotify)
            await connection.close()
            await stopped
            #expect(server.running.connectionCount == 0)
        }
    }

    @Test("A request that has begun may be finished too")
    func halfRequest() async throws {
        try await withServer { server in
            let connection = try await server.connect()
            let idle = try await server.connect()
            try await connection.send("gemini://local")
            // The byte is there when an answer to what was sent after it is.
            let order = try await server.answer(to: "gemini://localhost/")
            #expect(order.closeNotify)

            async let stopped: Void = server.running.shutDown(grace: Self.longGrace)
            #expect(try await idle.readToEnd().bytes.isEmpty)
            try await connection.send("host/\r\n")
            let transcript = try await connection.readToEnd()
            #expect(transcript.header == "20 text/gemini")
            #expect(transcript.closeNotify)
            await connection.close()
            await stopped
        }
    }

    @Test("What is not finished at the end of the grace is cut off, without close_notify")
    func cut() async throws {
        let gate = Gate()
        let responder = ClosureResponder { _ in
            .success(
                .plainText,
                .stream { writer in
                    try await writer.write("begun\n")
                    try await gate.wait()
                }
            )
        }
        try await withServer(responder: responder) { server in
            let connection = try await server.connect()
            try await connection.send("gemini://localhost/\r\n")
            await gate.entered()
            let start = ContinuousClock.now
            await server.running.shutDown(grace: .milliseconds(300))
            #expect(ContinuousClock.now - start > .milliseconds(250))
            #expect(server.running.connectionCount == 0)
            let transcript = try await connection.readToEnd()
            #expect(transcript.text == "20 text/plain\r\nbegun\n")
            #expect(!transcript.closeNotify)
            await gate.cancelled()
            let entry = await server.accessLog.entries(atLeast: 1)[0]
            #expect(!entry.isComplete)
        }
    }

    @Test("Without grace everything ends at once")
    func withoutGrace() async throws {
        let gate = Gate()
        try await withServer(responder: Self.gated(gate)) { server in
            let connection = try await server.connect()
            try await connection.send("gemini://localhost/\r\n")
            await gate.entered()
            await server.running.shutDown(grace: .zero)
            #expect(server.running.connectionCount == 0)
            let transcript = try await connection.readToEnd()
            #expect(transcript.bytes.isEmpty)
            #expect(!transcript.closeNotify)
            await gate.cancelled()
        }
    }

    @Test("Twice is no more than once")
    func twice() async throws {
        try await withServer { server in
            await server.running.shutDown(grace: .zero)
            await server.running.shutDown(grace: Self.longGrace)
            #expect(server.running.connectionCount == 0)
        }
    }

    // MARK: In a task

    private static func configuration(_ responder: any Responder, grace: Duration) async throws -> ServerConfiguration {
        // A port that is free, because it was picked and let go of.
        let port = try await withServer { $0.port }
        var configuration = ServerConfiguration(
            addresses: [ListenAddress(host: "127.0.0.1", port: port)],
            hosts: [try makeHost(["localhost"], responder)]
        )
        configuration.grace = grace
        return configuration
    }

    private static func connect(to configuration: ServerConfiguration) async throws -> TestConnection {
        let address = try SocketAddress(ipAddress: "127.0.0.1", port: try #require(configuration.addresses[0].port))
        var connection: TestConnection?
        _ = await eventually {
            connection = try? await TestConnection.connect(to: address)
            return connection != nil
        }
        return try #require(connection)
    }

    @Test("Cancelling its task shuts it down, with its grace for a response under way")
    func cancelled() async throws {
        let gate = Gate()
        let configuration = try await Self.configuration(Self.gated(gate), grace: Self.longGrace)
        let task = Task { try await Server(configuration).run() }
        let connection = try await Self.connect(to: configuration)
        let idle = try await Self.connect(to: configuration)
        try await connection.send("gemini://localhost/\r\n")
        await gate.entered()
        task.cancel()
        #expect(try await idle.readToEnd().bytes.isEmpty)
        gate.open()
        let transcript = try await connection.readToEnd()
        #expect(transcript.text == "20 text/plain\r\nfinished\n")
        #expect(transcript.closeNotify)
        await connection.close()
        try await task.value
    }

    @Test("A task that is cancelled from the beginning ends")
    func cancelledEarly() async throws {
        let configuration = try await Self.configuration(Recorder(), grace: Self.longGrace)
        let task = Task {
            withUnsafeCurrentTask { $0?.cancel() }
            try await Server(configuration).run()
        }
        _ = await task.result
    }

    @Test("What keeps it from listening comes out of run()")
    func failing() async throws {
        try await withServer { server in
            let address = ListenAddress(host: "127.0.0.1", port: server.port)
            let configuration = ServerConfiguration(
                addresses: [address],
                hosts: [try makeHost(["localhost"], Recorder())]
            )
            await #expect(throws: ListenError.addressInUse(address)) { try await Server(configuration).run() }
        }
    }
}
