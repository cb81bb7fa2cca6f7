import GeminiProtocol
import GeminiServer
import Logging
import NIOCore
import NIOSSL
import TestSupport
import Testing

@Suite("Load", .timeLimit(.minutes(10)))
struct LoadTests {
    private static func unlimited() -> Limits {
        var limits = Limits()
        limits.handshakeTimeout = .seconds(60)
        limits.requestTimeout = .seconds(60)
        limits.maximumConnectionsPerAddress = nil
        return limits
    }

    /// Runs the work for each number, so many at once.
    private static func spread<Result: Sendable>(
        _ count: Int,
        atOnce width: Int,
        _ work: @escaping @Sendable (Int) async throws -> Result
    ) async throws -> [Result] {
        try await withThrowingTaskGroup(of: Result.self) { group in
            var results: [Result] = []
            var next = 0
            while next < min(width, count) {
                group.addTask { [next] in try await work(next) }
                next += 1
            }
            while let result = try await group.next() {
                results.append(result)
                if next < count {
                    group.addTask { [next] in try await work(next) }
                    next += 1
                }
            }
            return results
        }
    }

    @Test("2,000 idle connections hold up nobody, and all go away")
    func idle() async throws {
        try await withServer(limits: Self.unlimited(), alone: true) { server in
            // Half of them before the handshake, half behind it.
            let idle = try await Self.spread(2000, atOnce: 50) { number in
                try await server.connect(number.isMultiple(of: 2) ? TestConnection.TLS() : nil)
            }
            #expect(await eventually { server.running.connectionCount == 2000 })

            var times: [Duration] = []
            for _ in 0..<11 {
                let start = ContinuousClock.now
                let transcript = try await server.answer(to: "gemini://localhost/")
                times.append(ContinuousClock.now - start)
                #expect(transcript.text == "20 text/gemini\r\n# Hello\n")
            }
            #expect(times.sorted()[5] < .seconds(5))

            _ = try await Self.spread(idle.count, atOnce: 100) { await idle[$0].drop() }
            #expect(await server.becomesIdle())
        }
    }

    @Test("2,000 idle connections all end at the deadline")
    func idleUntilDeadline() async throws {
        var limits = Self.unlimited()
        limits.handshakeTimeout = .seconds(2)
        try await withServer(limits: limits, alone: true) { server in
            let idle = try await Self.spread(2000, atOnce: 100) { _ in try await server.connect(nil) }
            let ends = try await Self.spread(idle.count, atOnce: 2000) { try await idle[$0].readToEnd() }
            #expect(ends.allSatisfy { $0.bytes.isEmpty })
            #expect(await server.becomesIdle())
        }
    }

    @Test("A burst of 1,000 connections at once is served")
    func burst() async throws {
        var configuration = TLSConfiguration.makeClientConfiguration()
        configuration.certificateVerification = .none
        let context = try NIOSSLContext(configuration: configuration)
        try await withServer(limits: Self.unlimited(), alone: true) { server in
            let transcripts = try await Self.spread(1000, atOnce: 1000) { _ in
                let connection = try await TestConnection.connect(
                    to: server.address,
                    context: context,
                    serverName: "localhost"
                )
                try await connection.send("gemini://localhost/\r\n")
                let transcript = try await connection.readToEnd()
                await connection.close()
                return transcript
            }
            #expect(transcripts.allSatisfy { $0.text == "20 text/gemini\r\n# Hello\n" && $0.closeNotify })
            #expect(await server.becomesIdle())
            #expect(await server.accessLog.entries(atLeast: 1000).count == 1000)
        }
    }

    @Test("500 clients that connect and leave, in each way that there is, leave nothing behind")
    func connectAndLeave() async throws {
        try await withServer(limits: Self.unlimited(), alone: true) { server in
            _ = try await Self.spread(500, atOnce: 50) { number in
                switch number % 5 {
                case 0: await (try await TestConnection.connect(to: server.address, tls: nil)).drop()
                case 1: await (try await TestConnection.connect(to: server.address, tls: nil)).reset()
                case 2: await (try await TestConnection.connect(to: server.address)).drop()
                case 3: await (try await TestConnection.connect(to: server.address)).reset()
                default:
                    let connection = try await TestConnection.connect(to: server.address)
                    try await connection.send("gemini://localhost/\r\n")
                    await connection.reset()
                }
            }
            #expect(await server.becomesIdle())
            #expect(try await server.answer(to: "gemini://localhost/").header == "20 text/gemini")
            #expect(server.log.messages.allSatisfy { $0.level <= .debug })
        }
    }
}
