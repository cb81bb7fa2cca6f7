import GeminiProtocol
import GeminiServer
import NIOConcurrencyHelpers
import NIOCore
import TestSupport
import Testing

@Suite("Back-pressure of uploads", .timeLimit(.minutes(10)))
struct UploadBackPressureTests {
    static let size = 100_000_000

    @Test("TI-12, TI-16: a client is held back while nobody reads, and goes on when somebody does")
    func heldBack() async throws {
        let gate = Gate()
        let recorder = UploadRecorder(limit: Self.size, gate: gate)
        try await withUploads(recorder) { server in
            let connection = try await server.connect()
            let sent = NIOLockedValueBox(0)
            let sending = Task {
                try await connection.send("titan://localhost/f;size=\(Self.size)\r\n")
                let piece = [UInt8](repeating: 0x78, count: 100_000)
                for _ in 0..<(Self.size / piece.count) {
                    try await connection.send(piece)
                    sent.withLockedValue { $0 += piece.count }
                }
            }
            await gate.entered()
            var last = -1
            while sent.withLockedValue({ $0 }) != last {
                last = sent.withLockedValue { $0 }
                try await Task.sleep(for: .milliseconds(300))
            }
            // The buffers of both sockets are part of it.
            #expect(last < Self.size / 4, "\(last) bytes were taken that nobody wanted")
            #expect(recorder.state.taken == 0)

            gate.open()
            try await sending.value
            #expect(try await connection.readToEnd().text == "20 text/plain\r\n\(Self.size) bytes\n")
        }
    }

    @Test("TI-16: no piece is larger than 64 KiB where the responder is the slow one")
    func pieces() async throws {
        let largest = NIOLockedValueBox(0)
        let responder = ClosureResponder { request in
            for try await piece in try #require(request.upload).body() {
                largest.withLockedValue { $0 = max($0, piece.readableBytes) }
                await Task.yield()
            }
            return .text("done\n")
        }
        try await withUploads(responder) { server in
            let body = [UInt8](repeating: 0x78, count: 4_000_000)
            let line = Array("titan://localhost/f;size=\(body.count)\r\n".utf8)
            let transcript = try await server.answer(to: line + body)
            #expect(transcript.header == "20 text/plain")
            let bytes = largest.withLockedValue { $0 }
            #expect((1...(64 * 1024)).contains(bytes))
        }
    }

    @Test("A body that is whole is read when the client has closed its side, however late")
    func lateReader() async throws {
        let gate = Gate()
        let recorder = UploadRecorder(gate: gate)
        try await withUploads(recorder) { server in
            let connection = try await server.connect()
            try await connection.send("titan://localhost/f;size=100000\r\n")
            try await connection.send([UInt8](repeating: 0x78, count: 100_000))
            try await connection.closeOutput()
            await gate.entered()
            gate.open()
            let transcript = try await connection.readToEnd()
            #expect(transcript.text == "20 text/plain\r\n100000 bytes\n")
            #expect(transcript.closeNotify)
        }
    }
}
