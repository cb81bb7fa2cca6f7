import GeminiProtocol
import GeminiServer
import NIOCore
import NIOSSL
import TestSupport
import Testing

@Suite("Early refusals of uploads", .timeLimit(.minutes(10)))
struct EarlyRefusalTests {
    /// Refuses without a look at the body.
    static let refusing = ClosureResponder { _ in .failure(.certificateRequired, "Show a certificate.") }

    @Test("TI-12: the refusal arrives when only the line was sent", arguments: [TLSVersion.tlsv12, .tlsv13])
    func lineOnly(version: TLSVersion) async throws {
        var tls = TestConnection.TLS()
        tls.versions = version...version
        try await withUploads(Self.refusing) { [tls] server in
            let transcript = try await server.answer(to: "titan://localhost/f;size=1000000000", tls: tls)
            #expect(transcript.text == "60 Show a certificate.\r\n")
            #expect(transcript.closeNotify)
        }
    }

    @Test("TI-16: what is over the limit is 59, with the limit in the text, before a byte of it was sent")
    func tooLarge() async throws {
        let recorder = UploadRecorder()
        try await withUploads(recorder) { server in
            let refused = try await server.answer(to: "titan://localhost/f;size=\(10 * 1024 * 1024 + 1)")
            #expect(refused.header == "59 The upload is larger than the 10485760 bytes that are taken here.")
            #expect(recorder.errors == [.tooLarge(limit: 10_485_760)])
        }
        var limits = Limits()
        limits.uploadSize = 5
        try await withUploads(recorder, limits: limits) { server in
            let refused = try await server.answer(to: "titan://localhost/f;size=6")
            #expect(refused.header == "59 The upload is larger than the 5 bytes that are taken here.")
            let taken = try await server.answer(to: Array("titan://localhost/f;size=5\r\nabcde".utf8))
            #expect(taken.header.hasPrefix("20 "))
        }
        try await withUploads(UploadRecorder(limit: 7), limits: limits) { server in
            let taken = try await server.answer(to: Array("titan://localhost/f;size=7\r\nabcdefg".utf8))
            #expect(taken.header.hasPrefix("20 "), "a route's own limit wins")
            #expect(try await server.answer(to: "titan://localhost/f;size=8").header.contains("the 7 bytes"))
        }
    }

    @Test("TI-13: a client that sends 5 MB before it reads gets its answer", arguments: [0, 1], [true, false])
    func pushing(kind: Int, isAccepting: Bool) async throws {
        // By the responder, by the limit, or by a host that takes no uploads at all.
        let responder: any Responder = kind == 0 ? Self.refusing : UploadRecorder(limit: 1)
        var host = try makeHost(["localhost"], responder)
        host.acceptsUploads = isAccepting
        try await withServer(hosts: [host]) { server in
            let connection = try await server.connect()
            try await connection.stopReading()
            try await connection.send("titan://localhost/f;size=5000000;mime=text/plain\r\n")
            try await connection.send([UInt8](repeating: 0x78, count: 5_000_000), inPiecesOf: 50_000)
            try await connection.resumeReading()
            let transcript = try await connection.readToEnd()
            #expect(transcript.header.hasPrefix(!isAccepting ? "53 " : kind == 0 ? "60 " : "59 "))
            #expect(transcript.closeNotify)
            await connection.close()
            #expect(await server.becomesIdle())
        }
    }

    @Test("TI-13: a client that sends for ever is cut off")
    func endless() async throws {
        var limits = Limits()
        limits.uploadSize = 1 << 20
        // Neither of these is what ends it.
        limits.linger = .seconds(3600)
        limits.stallTimeout = .seconds(3600)
        try await withUploads(Self.refusing, limits: limits) { server in
            let connection = try await server.connect()
            try await connection.stopReading()
            try await connection.send("titan://localhost/f;size=1000000000\r\n")
            await #expect(throws: (any Error).self) {
                try await connection.send([UInt8](repeating: 0x78, count: 200_000_000), inPiecesOf: 100_000)
            }
            #expect(await server.becomesIdle())
        }
    }

    @Test("TI-13: and so is one that trickles")
    func trickle() async throws {
        var limits = Limits()
        limits.linger = .milliseconds(100)
        limits.stallTimeout = .milliseconds(600)
        try await withUploads(Self.refusing, limits: limits) { server in
            let connection = try await server.connect()
            try await connection.send("titan://localhost/f;size=1000000000\r\n")
            let pushing = Task {
                while !Task.isCancelled {
                    try await connection.send("x")
                    try await Task.sleep(for: .milliseconds(10))
                }
            }
            #expect(await server.becomesIdle())
            pushing.cancel()
            #expect(connection.transcript.header == "60 Show a certificate.")
        }
    }
}
