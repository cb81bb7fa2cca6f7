import GeminiProtocol
import GeminiServer
import NIOConcurrencyHelpers
import NIOCore
import TestSupport
import Testing

@testable import GeminiGateway

@Suite("SCGI: Titan, and real clients")
struct SCGIUploadTests {
    @Test("SC-01, CG-07: an upload follows the variables")
    func upload() async throws {
        try await withScriptedServer(isPlain: true) { visit in
            try await visit.scgiRequest(upload: 10)
            try await visit.send("30 gemini://localhost/app/x\r\n")
            try await visit.connection.closeOutput()
        } _: { server async throws in
            let outcome = try await BackendOutcome(
                of: .scgi(to: .scripted(server), options: .short()),
                "titan://localhost/app/x;size=10;mime=text/plain;token=t",
                upload: ["01234", "56789"]
            )
            #expect(outcome == BackendOutcome("30 gemini://localhost/app/x"))
            let sent = server.visits[0].received.text
            #expect(sent.contains(":CONTENT_LENGTH\u{0}10\u{0}SCGI\u{0}1\0"))
            #expect(sent.contains("TITAN_TOKEN\0t\0"))
            #expect(sent.hasSuffix(",0123456789"))
        }
    }

    @Test("TI-15: an upload that stops half-way is 59, and the daemon's connection ends")
    func short() async throws {
        try await withScriptedServer(isPlain: true) { _ in
        } _: { server async throws in
            let outcome = try await BackendOutcome(
                of: .scgi(to: .scripted(server), options: .short()),
                "titan://localhost/app/x;size=10;mime=text/plain",
                upload: ["01234"]
            )
            #expect(outcome.header.hasPrefix("59 "))
            #expect(await server.becomesIdle())
        }
    }

    @Test("TI-16: an upload above the limit is 59, and the daemon hears nothing of it")
    func tooLarge() async throws {
        try await withScriptedServer(isPlain: true) { _ in
        } _: { server async throws in
            var options = BackendOptions.short()
            options.uploadLimit = 9
            let outcome = try await BackendOutcome(
                of: .scgi(to: .scripted(server), options: options),
                "titan://localhost/app/x;size=10;mime=text/plain",
                upload: ["0123456789"]
            )
            #expect(outcome.header.hasPrefix("59 "))
            #expect(server.visits.isEmpty)
        }
    }

    @Test("TI-12: a daemon that refuses before it has read the upload is heard")
    func early() async throws {
        try await withScriptedServer(isPlain: true) { visit in
            try await visit.connection.stopReading()
            try await visit.send("61 Not you\r\n")
            try await visit.connection.closeOutput()
        } _: { server async throws in
            let piece = String(repeating: "x", count: 1 << 20)
            var options = BackendOptions.short()
            options.uploadLimit = 64 << 20
            options.stallTimeout = .seconds(20)
            let outcome = try await BackendOutcome(
                of: .scgi(to: .scripted(server), options: options),
                "titan://localhost/app/x;size=\(32 << 20);mime=text/plain",
                upload: Array(repeating: piece, count: 32)
            )
            #expect(outcome == BackendOutcome("61 Not you"))
        }
    }

    @Test("A daemon that does not read the upload is 42 in bounded time")
    func unread() async throws {
        let log = RecordingLog()
        try await withScriptedServer(isPlain: true) { visit in
            try await visit.connection.stopReading()
        } _: { server async throws in
            let piece = String(repeating: "x", count: 1 << 20)
            var options = BackendOptions.short(log)
            options.uploadLimit = 64 << 20
            let outcome = try await BackendOutcome(
                of: .scgi(to: .scripted(server), options: options),
                "titan://localhost/app/x;size=\(32 << 20);mime=text/plain",
                upload: Array(repeating: piece, count: 32)
            )
            #expect(outcome == .gatewayError)
            #expect(log.contains("stopped reading"))
        }
    }

    @Test("GP-011: a daemon that goes after its header costs the client the close_notify")
    func cut() async throws {
        try await withScriptedServer(isPlain: true, isSecond: true) { visit in
            try await visit.scgiRequest()
            try await visit.send("20 text/plain\nhalf")
        } _: { daemon async throws in
            try await withTestServer(.scgi(to: .scripted(daemon), options: .short())) { server in
                let transcript = try await server.answer(to: "gemini://localhost/")
                #expect(transcript.text == "20 text/plain\r\nhalf")
                #expect(!transcript.closeNotify)
            }
        }
    }

    @Test("CG-06: when the client leaves, the daemon's connection ends")
    func clientLeaves() async throws {
        try await withScriptedServer(isPlain: true, isSecond: true) { visit in
            try await visit.scgiRequest()
            try await visit.send("20 text/plain\nbegins")
        } _: { daemon async throws in
            var options = BackendOptions()
            options.logger = RecordingLog().logger
            try await withTestServer(.scgi(to: .scripted(daemon), options: options)) { server in
                let connection = try await server.connect()
                try await connection.send("gemini://localhost/\r\n")
                _ = try await connection.read(atLeast: 20)
                await connection.reset()
                #expect(await daemon.becomesIdle())
            }
        }
    }

    @Test("100 MB for a client that does not read cost a bounded amount of memory")
    func backPressure() async throws {
        let sent = NIOLockedValueBox(0)
        try await withScriptedServer(isPlain: true, isSecond: true) { visit in
            try await visit.scgiRequest()
            try await visit.send("20 text/plain\n")
            let piece = [UInt8](repeating: UInt8(ascii: "x"), count: 64 * 1024)
            for _ in 0..<1600 {
                try await visit.connection.send(piece)
                sent.withLockedValue { $0 += piece.count }
            }
            try await visit.connection.closeOutput()
        } _: { daemon async throws in
            try await withTestServer(.scgi(to: .scripted(daemon))) { server in
                let connection = try await server.connect(receiveBuffer: 8192)
                try await connection.stopReading()
                try await connection.send("gemini://localhost/\r\n")
                var last = -1
                var since = ContinuousClock.now
                let isStill = await eventually {
                    let now = sent.withLockedValue { $0 }
                    if now != last || now == 0 { since = .now }
                    last = now
                    return ContinuousClock.now - since > .milliseconds(500)
                }
                #expect(isStill)
                // What the sockets between them hold.
                #expect(last < 16 << 20)
            }
        }
    }

    private func withTestServer(_ responder: SCGI, _ body: (TestServer) async throws -> Void) async throws {
        try await withServer(responder: responder, body)
    }
}
