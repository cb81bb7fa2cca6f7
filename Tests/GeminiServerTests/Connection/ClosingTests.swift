import GeminiProtocol
import GeminiServer
import Logging
import NIOCore
import NIOSSL
import TestSupport
import Testing

/// How a connection ends after its response.
@Suite("The end of a connection", .timeLimit(.minutes(10)))
struct ClosingTests {
    private static let request = "gemini://localhost/\r\n"

    @Test("GP-009, GP-010: close_notify, then FIN, and the socket goes when the client's does")
    func honest() async throws {
        try await withServer { server in
            let connection = try await server.connect()
            try await connection.send(Self.request)
            #expect(try await connection.readToEnd().closeNotify)
            #expect(try await connection.readToEndOfWire() == .finished)
            #expect(server.running.connectionCount == 1)
            await connection.close()
            #expect(await server.becomesIdle())
        }
    }

    @Test("GP-015: a client that never answers close_notify is gone within the linger")
    func silent() async throws {
        var limits = Limits()
        limits.linger = .milliseconds(300)
        try await withServer(limits: limits) { server in
            let connection = try await server.connect()
            try await connection.send(Self.request)
            #expect(try await connection.readToEnd().closeNotify)
            let end = ContinuousClock.now
            #expect(await server.becomesIdle())
            #expect(ContinuousClock.now - end > .milliseconds(200))
            let entries = server.accessLog.entries
            #expect(entries.count == 1 && entries[0].isComplete)
        }
    }

    @Test("GP-015: nor does one that goes on sending stay longer than the linger")
    func chatty() async throws {
        var limits = Limits()
        limits.linger = .milliseconds(300)
        try await withServer(limits: limits) { server in
            let connection = try await server.connect()
            try await connection.send(Self.request)
            _ = try await connection.readToEnd()
            let gone = await eventually {
                do {
                    try await connection.send("more")
                    return server.running.connectionCount == 0
                } catch {
                    return true
                }
            }
            #expect(gone)
            #expect(await server.becomesIdle())
        }
    }

    @Test(
        "GP-053: 64 kB of junk after the request do not keep the response away",
        arguments: [TLSVersion.tlsv12, .tlsv13]
    )
    func junk(version: TLSVersion) async throws {
        let body = String(repeating: "A line of text.\n", count: 20_000)
        var tls = TestConnection.TLS()
        tls.versions = version...version
        try await withServer(responder: .closure { _ in .text(body) }) { [tls] server in
            let connection = try await server.connect(tls)
            let request = Array(Self.request.utf8)
            try await connection.send(request + (0..<65_536).map { UInt8(truncatingIfNeeded: $0) })
            let transcript = try await connection.readToEnd()
            #expect(transcript.text == "20 text/plain\r\n" + body)
            #expect(transcript.closeNotify)
        }
    }

    @Test("GP-053: junk that comes after the response is drained, and resets nothing")
    func lateJunk() async throws {
        try await withServer { server in
            let connection = try await server.connect()
            try await connection.send(Self.request)
            _ = try await connection.readToEnd()
            for _ in 0..<16 { try await connection.send(Array(repeating: 0x41, count: 4096)) }
            #expect(try await connection.readToEndOfWire() == .finished)
            await connection.close()
            #expect(await server.becomesIdle())
        }
    }

    @Test("GP-052: a second request in the same breath is never executed", arguments: [nil, 1])
    func pipelined(pieceSize: Int?) async throws {
        let responder = Recorder()
        try await withServer(responder: responder) { server in
            let connection = try await server.connect()
            try await connection.send(Self.request + "gemini://localhost/second\r\n", inPiecesOf: pieceSize)
            let transcript = try await connection.readToEnd()
            #expect(transcript.text == "20 text/plain\r\n/\n")
            #expect(transcript.closeNotify)
            await connection.close()
            #expect(await server.becomesIdle())
            #expect(responder.paths == ["/"])
            let entries = server.accessLog.entries
            #expect(entries.map { $0.requestLine } == [Array("gemini://localhost/".utf8)])
        }
    }

    @Test("GP-012: a client that vanishes while it is answered harms nobody", arguments: [true, false])
    func vanishing(byReset: Bool) async throws {
        let gate = Gate()
        let responder = ClosureResponder { request in
            if request.url.path == "/slow" { try await gate.wait() }
            return .gemtext("# Here\n")
        }
        try await withServer(responder: responder) { server in
            let connection = try await server.connect()
            try await connection.send("gemini://localhost/slow\r\n")
            await gate.entered()
            if byReset { await connection.reset() } else { await connection.drop() }
            if byReset { #expect(await server.becomesIdle()) }

            #expect(try await server.answer(to: "gemini://localhost/").text == "20 text/gemini\r\n# Here\n")
            gate.open()
            #expect(await server.becomesIdle())
            let entries = await server.accessLog.entries(atLeast: 2)
            #expect(entries.count == 2)
        }
    }

    @Test("A client that resets has its responder's task cancelled")
    func cancellation() async throws {
        let gate = Gate()
        try await withServer(
            responder: .closure { _ in
                try await gate.wait()
                return .gemtext("")
            }
        ) { server in
            let connection = try await server.connect()
            try await connection.send(Self.request)
            await gate.entered()
            await connection.reset()
            await gate.cancelled()
            #expect(await server.becomesIdle())
            let entry = await server.accessLog.entries(atLeast: 1)[0]
            #expect(!entry.isComplete)
            #expect(entry.header == nil)
            #expect(server.log.messages.allSatisfy { $0.level < .error })
        }
    }
}
