import GeminiProtocol
import GeminiServer
import NIOConcurrencyHelpers
import NIOCore
import NIOSSL
import TestSupport
import Testing

@Suite("Uploads that break off", .timeLimit(.minutes(10)))
struct UploadEndingTests {
    @Test(
        "TI-15: a client that closes its side too early gets 59",
        arguments: [TLSVersion.tlsv12, .tlsv13],
        [0, 5, 9]
    )
    func halfClosed(version: TLSVersion, sent: Int) async throws {
        let recorder = UploadRecorder()
        var tls = TestConnection.TLS()
        tls.versions = version...version
        try await withUploads(recorder) { [tls] server in
            let connection = try await server.connect(tls)
            try await connection.send("titan://localhost/f;size=10\r\n" + String(repeating: "x", count: sent))
            try await connection.closeOutput()
            let transcript = try await connection.readToEnd()
            #expect(transcript.header == "59 The upload ended before all of its bytes had come.")
            #expect(transcript.closeNotify)
            #expect(recorder.errors == [.incomplete])
            #expect(recorder.state.bodies.isEmpty)
            #expect(await server.becomesIdle())
        }
    }

    @Test("TI-15: and so does one that closes it without a word from TLS")
    func finOnly() async throws {
        let recorder = UploadRecorder()
        try await withUploads(recorder) { server in
            let connection = try await server.connect()
            try await connection.send("titan://localhost/f;size=10\r\nabc")
            try await connection.finishWire()
            #expect(try await connection.readToEnd().header.hasPrefix("59 "))
            #expect(recorder.errors == [.incomplete])
            #expect(await server.becomesIdle())
        }
    }

    @Test("When the client is gone, the reader is told and its task cancelled")
    func reset() async throws {
        let recorder = UploadRecorder()
        try await withUploads(recorder) { server in
            let connection = try await server.connect()
            try await connection.send("titan://localhost/f;size=10\r\nabc")
            #expect(await eventually { recorder.state.taken == 3 })
            await connection.reset()
            #expect(await eventually { recorder.state.errors.count == 1 })
            #expect(await server.becomesIdle())
            #expect(recorder.state.bodies.isEmpty)
            let entry = await server.accessLog.entries(atLeast: 1)[0]
            #expect(!entry.isComplete && entry.header == nil)
        }
    }

    @Test("Also one that does not read when it happens")
    func resetMeanwhile() async throws {
        let gate = Gate()
        let recorder = UploadRecorder(gate: gate)
        try await withUploads(recorder) { server in
            let connection = try await server.connect()
            try await connection.send("titan://localhost/f;size=10\r\nabc")
            await gate.entered()
            await connection.reset()
            await gate.cancelled()
            #expect(await eventually { recorder.state.errors.count == 1 })
            #expect(recorder.state.wasCancelled)
            #expect(await server.becomesIdle())
        }
    }

    @Test("A reader that is cancelled can be followed by another")
    func cancelledReader() async throws {
        let began = Gate()
        let responder = ClosureResponder { request in
            let upload = try #require(request.upload)
            let reading = Task { try await upload.collect() }
            try await began.wait()
            reading.cancel()
            await #expect(throws: CancellationError.self) { try await reading.value }
            return .text("cancelled\n")
        }
        try await withUploads(responder) { server in
            let connection = try await server.connect()
            try await connection.send("titan://localhost/f;size=10\r\nabc")
            await began.entered()
            began.open()
            #expect(try await connection.readToEnd().text == "20 text/plain\r\ncancelled\n")
        }
    }

    @Test("TI-15: a client that stops is told so after the stall limit")
    func stall() async throws {
        var limits = Limits()
        limits.stallTimeout = .milliseconds(400)
        let recorder = UploadRecorder()
        try await withUploads(recorder, limits: limits) { server in
            let transcript = try await server.answer(to: Array("titan://localhost/f;size=10\r\nabc".utf8))
            #expect(transcript.header == "59 The upload stopped.")
            #expect(transcript.closeNotify)
            #expect(recorder.errors == [.stalled])
        }
    }

    @Test("A byte now and then does not keep an upload alive")
    func trickle() async throws {
        var limits = Limits()
        limits.uploadTimeout = .milliseconds(800)
        let recorder = UploadRecorder()
        try await withUploads(recorder, limits: limits) { server in
            let connection = try await server.connect()
            try await connection.send("titan://localhost/f;size=1000000\r\n")
            let trickling = Task {
                while !Task.isCancelled {
                    try await connection.send("x")
                    try await Task.sleep(for: .milliseconds(20))
                }
            }
            let transcript = try await connection.readToEnd()
            trickling.cancel()
            #expect(transcript.header == "59 The upload took too long.")
            #expect(recorder.errors == [.timedOut])
            #expect(recorder.state.pieces > 1)
        }
    }

    @Test("A server that stops lets an upload come to its end")
    func shutDown() async throws {
        let recorder = UploadRecorder()
        try await withUploads(recorder) { server in
            let connection = try await server.connect()
            try await connection.send("titan://localhost/f;size=10\r\nabc")
            #expect(await eventually { recorder.state.taken == 3 })
            async let stopped: Void = server.running.shutDown(grace: .seconds(60))
            try await connection.send("0123456")
            #expect(try await connection.readToEnd().text == "20 text/plain\r\n10 bytes\n")
            await connection.close()
            await stopped
            #expect(server.running.connectionCount == 0)
        }
    }

    @Test("and ends one that does not, with its reader")
    func shutDownHard() async throws {
        let recorder = UploadRecorder()
        try await withUploads(recorder) { server in
            let connection = try await server.connect()
            try await connection.send("titan://localhost/f;size=10\r\nabc")
            #expect(await eventually { recorder.state.taken == 3 })
            await server.running.shutDown(grace: .milliseconds(50))
            #expect(await eventually { recorder.state.errors.count == 1 })
            #expect(recorder.state.bodies.isEmpty)
            let transcript = try await connection.readToEnd()
            #expect(transcript.bytes.isEmpty && !transcript.closeNotify)
        }
    }
}
