import GeminiProtocol
import GeminiServer
import NIOCore
import TestSupport
import Testing

@Suite("Slow readers", .timeLimit(.minutes(10)))
struct SlowReaderTests {
    enum Production: String, CaseIterable, Sendable {
        case bytes, stream
    }

    static let length = 24_000_000

    /// More than the kernel takes for a client that reads nothing.
    static func responder(_ production: Production) -> any Responder {
        let body = ByteBuffer(repeating: UInt8(ascii: "x"), count: Self.length)
        let piece = ByteBuffer(repeating: UInt8(ascii: "x"), count: Self.length / 1000)
        return .closure { request in
            guard request.url.path == "/large" else { return .text("small\n") }
            return switch production {
            case .bytes: .success(.plainText, .bytes(body))
            case .stream: .success(.plainText, .stream { for _ in 0..<1000 { try await $0.write(piece) } })
            }
        }
    }

    @Test(
        "GP-011: one that stops is cut off without close_notify, and others are served",
        arguments: Production.allCases
    )
    func stalled(_ production: Production) async throws {
        var limits = Limits()
        limits.stallTimeout = .milliseconds(800)
        try await withServer(responder: Self.responder(production), limits: limits) { server in
            let connection = try await server.connect(receiveBuffer: 16_384)
            try await connection.stopReading()
            let start = ContinuousClock.now
            try await connection.send("gemini://localhost/large\r\n")

            let other = try await server.answer(to: "gemini://localhost/")
            #expect(other.text == "20 text/plain\r\nsmall\n")
            #expect(await eventually { server.accessLog.entries.count == 2 })
            let elapsed = ContinuousClock.now - start
            #expect(elapsed > .milliseconds(700))
            #expect(elapsed < .seconds(60), "not the deadline of anything else")
            #expect(server.log.contains("The client takes no bytes."))

            try? await connection.resumeReading()
            let transcript = try await connection.readToEnd()
            #expect(!transcript.closeNotify)
            #expect(transcript.bytes.count < Self.length)
            let entry = try #require(server.accessLog.entries.first { !$0.isComplete })
            #expect(entry.header?.status == .success)
            #expect(await server.becomesIdle())
        }
    }

    @Test("GP-122: one that takes a little all the time gets everything", arguments: Production.allCases)
    func progressing(_ production: Production) async throws {
        var limits = Limits()
        limits.stallTimeout = .seconds(3)
        try await withServer(responder: Self.responder(production), limits: limits) { server in
            let connection = try await server.connect(receiveBuffer: 16_384)
            try await connection.stopReading()
            let start = ContinuousClock.now
            try await connection.send("gemini://localhost/large\r\n")
            while ContinuousClock.now - start < .seconds(7) {
                connection.channel.read()
                try await Task.sleep(for: .milliseconds(50))
            }
            #expect(server.accessLog.entries.isEmpty, "the response is not sent yet")
            try await connection.resumeReading()
            let transcript = try await connection.readToEnd()
            #expect(transcript.body.count == Self.length)
            #expect(transcript.closeNotify)
            #expect(await server.accessLog.entries(atLeast: 1)[0].isComplete)
        }
    }

    /// Small enough for the kernel to take it whole from us, and large enough that the client's does not.
    private static let mediumBody = ByteBuffer(repeating: UInt8(ascii: "x"), count: 100_000)

    @Test("A response that the kernel has taken keeps its connection until the client takes it or stalls")
    func takenByTheKernel() async throws {
        var limits = Limits()
        limits.stallTimeout = .seconds(2)
        limits.linger = .milliseconds(200)
        let responder = ClosureResponder { _ in .success(.plainText, .bytes(Self.mediumBody)) }
        try await withServer(responder: responder, limits: limits) { server in
            let stopped = try await server.connect(receiveBuffer: 4096)
            let late = try await server.connect(receiveBuffer: 4096)
            for connection in [stopped, late] {
                try await connection.stopReading()
                try await connection.send("gemini://localhost/\r\n")
            }
            let start = ContinuousClock.now
            _ = await server.accessLog.entries(atLeast: 2)
            try await Task.sleep(for: .seconds(1))
            #expect(server.running.connectionCount == 2, "five times the linger has gone by")
            try await late.resumeReading()
            let transcript = try await late.readToEnd()
            #expect(transcript.body.count == Self.mediumBody.readableBytes)
            #expect(transcript.closeNotify)
            await late.close()

            #expect(await server.becomesIdle())
            #expect(ContinuousClock.now - start > .seconds(1.8))
            #expect(ContinuousClock.now - start < .seconds(60))
            #expect(server.log.contains("The client takes no bytes."))
        }
    }

    @Test("One that stops for less than the limit goes on", arguments: Production.allCases)
    func pausing(_ production: Production) async throws {
        var limits = Limits()
        limits.stallTimeout = .seconds(3)
        try await withServer(responder: Self.responder(production), limits: limits) { server in
            let connection = try await server.connect(receiveBuffer: 16_384)
            try await connection.stopReading()
            try await connection.send("gemini://localhost/large\r\n")
            try await Task.sleep(for: .seconds(1.5))
            try await connection.resumeReading()
            let transcript = try await connection.readToEnd()
            #expect(transcript.body.count == Self.length)
            #expect(transcript.closeNotify)
        }
    }
}
