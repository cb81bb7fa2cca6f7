import GeminiProtocol
import GeminiServer
import NIOConcurrencyHelpers
import NIOCore
import TestSupport
import Testing

@Suite("Back-pressure", .timeLimit(.minutes(10)))
struct BackPressureTests {
    /// What a streaming responder that never ends has come to.
    private final class Endless: Responder {
        struct State {
            var hasBegun = false
            var written = 0
            var error: String?
            var wasCancelled = false
        }

        let state = NIOLockedValueBox(State())
        let pieceSize: Int

        init(pieceSize: Int) {
            self.pieceSize = pieceSize
        }

        var hasBegun: Bool { self.state.withLockedValue { $0.hasBegun } }
        var written: Int { self.state.withLockedValue { $0.written } }
        var end: State? { self.state.withLockedValue { $0.error == nil ? nil : $0 } }

        func respond(to request: Request) async throws -> Response {
            let piece = ByteBuffer(repeating: UInt8(ascii: "x"), count: self.pieceSize)
            return .success(
                .octetStream,
                .stream { writer in
                    self.state.withLockedValue { $0.hasBegun = true }
                    do {
                        while true {
                            try await writer.write(piece)
                            self.state.withLockedValue { $0.written += piece.readableBytes }
                        }
                    } catch {
                        self.state.withLockedValue { state in
                            state.error = String(describing: error)
                            state.wasCancelled = Task.isCancelled
                        }
                        throw error
                    }
                }
            )
        }
    }

    /// Waits until the responder has begun, and what it has written has been the same for a while.
    private static func settled(_ responder: Endless) async throws -> Int {
        #expect(await eventually { responder.hasBegun })
        var last = -1
        while responder.written != last {
            last = responder.written
            try await Task.sleep(for: .milliseconds(300))
        }
        return last
    }

    @Test("GP-122: a writer waits for a client that does not read", arguments: [100, 4096, 65_536, 1_000_000])
    func suspended(pieceSize: Int) async throws {
        let responder = Endless(pieceSize: pieceSize)
        try await withServer(responder: responder) { server in
            let connection = try await server.connect(receiveBuffer: 16_384)
            try await connection.stopReading()
            try await connection.send("gemini://localhost/\r\n")
            let written = try await Self.settled(responder)
            #expect(written < 8 << 20, "what waits in the kernel's buffers is part of it")

            // It goes on when the client does.
            try await connection.resumeReading()
            #expect(await eventually { responder.written > written + 1 << 20 })

            await connection.reset()
            #expect(await eventually { responder.end != nil })
            #expect(await server.becomesIdle())
            let entry = await server.accessLog.entries(atLeast: 1)[0]
            #expect(!entry.isComplete)
            #expect(server.accessLog.entries.count == 1)
        }
    }

    @Test("A writer that waits is woken with an error when the client leaves")
    func leaving() async throws {
        let responder = Endless(pieceSize: 65_536)
        try await withServer(responder: responder) { server in
            let connection = try await server.connect(receiveBuffer: 16_384)
            try await connection.stopReading()
            try await connection.send("gemini://localhost/\r\n")
            _ = try await Self.settled(responder)
            #expect(responder.end == nil)
            await connection.reset()
            #expect(await eventually { responder.end != nil })
            #expect(responder.end?.wasCancelled == true)
            #expect(responder.end?.error?.contains("closed channel") == true)
            #expect(await server.becomesIdle())
        }
    }

    @Test("A stream that waits for something else is cancelled when the client leaves")
    func idleStream() async throws {
        let gate = Gate()
        let responder = ClosureResponder { _ in
            .success(
                .plainText,
                .stream { writer in
                    try await writer.write("first\n")
                    try await gate.wait()
                }
            )
        }
        try await withServer(responder: responder) { server in
            let connection = try await server.connect()
            try await connection.send("gemini://localhost/\r\n")
            _ = try await connection.read(atLeast: 20)
            await gate.entered()
            await connection.reset()
            await gate.cancelled()
            #expect(await server.becomesIdle())
        }
    }

    @Test("What several tasks write arrives whole, each piece in one piece")
    func concurrentWriters() async throws {
        let responder = ClosureResponder { _ in
            .success(
                .plainText,
                .stream { writer in
                    try await withThrowingTaskGroup { group in
                        for number in 0..<8 {
                            group.addTask {
                                for _ in 0..<20 {
                                    try await writer.write(String(repeating: "\(number)", count: 9_999) + "\n")
                                }
                            }
                        }
                        try await group.waitForAll()
                    }
                }
            )
        }
        try await withServer(responder: responder) { server in
            let transcript = try await server.answer(to: "gemini://localhost/")
            #expect(transcript.closeNotify)
            #expect(transcript.body.count == 8 * 20 * 10_000)
            let lines = transcript.body.split(separator: 0x0A)
            #expect(lines.count == 160)
            #expect(lines.allSatisfy { $0.count == 9_999 && Set($0).count == 1 })
        }
    }

    @Test("An empty write is no end")
    func empty() async throws {
        let responder = ClosureResponder { _ in
            .success(
                .plainText,
                .stream { writer in
                    try await writer.write("")
                    try await writer.write("a")
                    try await writer.write("")
                }
            )
        }
        try await withServer(responder: responder) { server in
            let transcript = try await server.answer(to: "gemini://localhost/")
            #expect(transcript.text == "20 text/plain\r\na")
        }
    }
}
