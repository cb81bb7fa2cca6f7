import Foundation
import TestSupport
import Testing

@Suite("Stopping")
struct ShutdownTests {
    private static let size = 12 << 20

    private static func site() throws -> Site {
        let site = try Site()
        try site.folder.write(Array(repeating: UInt8(ascii: "x"), count: Self.size), to: "capsule/large.bin")
        return site
    }

    /// A client that has asked for the large file, and takes no more of it than it must for the response to have begun.
    private static func slowClient(of server: ServingProgram) async throws -> TestConnection {
        let connection = try await server.connect(receiveBuffer: 65_536)
        try await connection.stopReading()
        try await connection.send("gemini://localhost/large.bin\r\n")
        #expect(
            await eventually {
                connection.readOnce()
                return connection.wire.received > 50_000
            }
        )
        return connection
    }

    @Test("An idle server ends at once with 0", arguments: [SIGTERM, SIGINT])
    func idle(_ signal: Int32) async throws {
        try await Site().serve("--grace", "60") { server async throws in
            #expect(try await server.answer(to: "gemini://localhost/").header == "20 text/gemini")
            let idle = try await server.connect()
            let start = ContinuousClock.now
            #expect(try await server.stop(signal) == .exit(0))
            #expect(ContinuousClock.now - start < .seconds(30))
            await idle.drop()
        }
    }

    @Test("A running response is finished, and nobody is let in meanwhile")
    func finishes() async throws {
        try await Self.site().serve("--grace", "60", "--log-level", "info") { server async throws in
            let client = try await Self.slowClient(of: server)
            server.program.send(SIGTERM)
            try await server.program.says("Stopping")
            #expect(await eventually { (try? await server.connect(nil).drop()) == nil })
            #expect(server.program.isRunning)
            try await client.resumeReading()
            let reply = try await client.readToEnd()
            #expect(reply.body.count == Self.size)
            #expect(reply.closeNotify)
            await client.close()
            #expect(try await server.program.end() == .exit(0))
            #expect(server.program.output.contains("\"gemini://localhost/large.bin\" 20 \"application/octet-stream\" "))
        }
    }

    @Test("GP-011: a response that outlasts the grace is cut off without close_notify, and the server ends with 0")
    func graceIsOver() async throws {
        try await Self.site().serve("--grace", "0.2") { server async throws in
            let client = try await Self.slowClient(of: server)
            #expect(try await server.stop() == .exit(0))
            try await client.resumeReading()
            let reply = try await client.readToEnd()
            #expect(!reply.closeNotify)
            #expect(reply.body.count < Self.size)
            await client.drop()
        }
    }

    @Test(
        "A second signal ends it at once, with all in the log that was answered",
        arguments: [(SIGTERM, SIGTERM), (SIGINT, SIGINT), (SIGTERM, SIGINT)]
    )
    func secondSignal(_ signals: (first: Int32, second: Int32)) async throws {
        try await Self.site().serve("--grace", "60", "--log-level", "info") { server async throws in
            let client = try await Self.slowClient(of: server)
            for number in 0..<20 { _ = try await server.answer(to: "gemini://localhost/nothing\(number)") }
            server.program.send(signals.first)
            try await server.program.says("Stopping")
            let start = ContinuousClock.now
            #expect(try await server.stop(signals.second) == .exit(0))
            #expect(ContinuousClock.now - start < .seconds(30))
            // What was answered is in the log.
            #expect(server.program.output.split(separator: "\n").count { $0.contains("/nothing") } == 20)
            await client.drop()
        }
    }

    @Test("Nobody who reads the access log any more is no reason to hang, nor to die")
    func brokenPipe() async throws {
        try await Site().serve(readsOutput: false) { server async throws in
            for _ in 0..<3 {
                #expect(try await server.answer(to: "gemini://localhost/").header == "20 text/gemini")
            }
            try await server.program.says("The access log cannot be written")
            #expect(try await server.answer(to: "gemini://localhost/").header == "20 text/gemini")
            #expect(try await server.stop() == .exit(0))
        }
    }
}
