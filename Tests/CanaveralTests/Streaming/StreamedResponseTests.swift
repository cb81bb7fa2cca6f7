import Canaveral
import NIOConcurrencyHelpers
import NIOCore
import ServiceLifecycle
import TestSupport
import Testing

@Suite("Streamed responses", .timeLimit(.minutes(10)))
struct StreamedResponseTests {
    private struct Failure: Error {}

    private static func withPage<Result>(
        _ page: @escaping @Sendable () -> Response,
        _ body: (TestServer) async throws -> Result
    ) async throws -> Result {
        let router = try Router { $0.page("/") { _ in page() } }
        return try await withServer(responder: router) { try await body($0) }
    }

    @Test("A page is written by literals and builders; the end of the closure is the end of the page")
    func pages() async throws {
        let visitor = "# Eve\n=> /evil"
        try await Self.withPage {
            .stream { page in
                try await page.write("# Hello, \(visitor)")
                try await page.write {
                    Heading("Events", level: 2)
                    for number in 1...2 { Quote("\(number)") }
                }
                try await page.write(Gemtext())
            }
        } _: { server in
            let transcript = try await server.answer(to: "gemini://localhost/")
            #expect(
                transcript.text == "20 text/gemini\r\n# Hello, # Eve => /evil\n## Events\n> 1\n> 2\n"
            )
            #expect(transcript.closeNotify)
        }
    }

    @Test("What is written leaves at once")
    func flushing() async throws {
        let gate = Gate()
        try await Self.withPage {
            .stream(.plainText) { writer in
                try await writer.write("one\n")
                try await gate.wait()
                try await writer.write("two\n")
            }
        } _: { server in
            let connection = try await server.connect()
            try await connection.send("gemini://localhost/\r\n")
            #expect(try await connection.read(atLeast: 19).text == "20 text/plain\r\none\n")
            gate.open()
            let transcript = try await connection.readToEnd()
            #expect(transcript.text == "20 text/plain\r\none\ntwo\n")
            #expect(transcript.closeNotify)
        }
    }

    private static func sequence<Piece: Sendable>(_ pieces: [Piece]) -> AsyncStream<Piece> {
        AsyncStream { continuation in
            for piece in pieces { continuation.yield(piece) }
            continuation.finish()
        }
    }

    @Test("A sequence of texts, of gemtext and of bytes is sent piece by piece")
    func sequences() async throws {
        let router = try Router { routes in
            routes.page("/text") { _ in .stream(.plainText, from: Self.sequence(["a", "b\n"])) }
            routes.page("/gemtext") { _ in .stream(from: Self.sequence(["# a", "=> /b"] as [Gemtext])) }
            routes.page("/bytes") { _ in .stream(.octetStream, from: Self.sequence([ByteBuffer(bytes: [1, 2])])) }
        }
        try await withServer(responder: router) { server in
            #expect(try await server.answer(to: "gemini://localhost/text").text == "20 text/plain\r\nab\n")
            #expect(
                try await server.answer(to: "gemini://localhost/gemtext").text == "20 text/gemini\r\n# a\n=> /b\n"
            )
            let bytes = try await server.answer(to: "gemini://localhost/bytes")
            #expect(bytes.body == [1, 2])
            #expect(bytes.closeNotify)
        }
    }

    @Test("GP-011: an error in the closure or of the sequence cuts the connection without close_notify")
    func errors() async throws {
        let router = try Router { routes in
            routes.page("/closure") { _ in
                .stream { page in
                    try await page.write("# Begun")
                    throw Failure()
                }
            }
            routes.page("/sequence") { _ in
                let pieces = AsyncThrowingStream<String, any Error> { continuation in
                    continuation.yield("# Begun\n")
                    continuation.finish(throwing: Failure())
                }
                return .stream(.gemtext, from: pieces)
            }
        }
        try await withServer(responder: router) { server in
            for path in ["closure", "sequence"] {
                let transcript = try await server.answer(to: "gemini://localhost/\(path)")
                #expect(transcript.text == "20 text/gemini\r\n# Begun\n")
                #expect(!transcript.closeNotify)
            }
        }
    }

    @Test("When the reader leaves, a sequence that waits for its next piece is let go")
    func leaving() async throws {
        let (pieces, continuation) = AsyncStream.makeStream(of: String.self)
        let end = NIOLockedValueBox<String?>(nil)
        continuation.onTermination = { end.withLockedValue { [reason = "\($0)"] in $0 = reason } }
        continuation.yield("# Waiting\n")
        try await Self.withPage {
            .stream(.gemtext, from: pieces)
        } _: { server in
            let connection = try await server.connect()
            try await connection.send("gemini://localhost/\r\n")
            _ = try await connection.read(atLeast: 25)
            #expect(end.withLockedValue { $0 } == nil)
            await connection.reset()
            #expect(await eventually { end.withLockedValue { $0 } == "cancelled" })
            #expect(await server.becomesIdle())
            #expect(await server.accessLog.entries(atLeast: 1)[0].isComplete == false)
        }
        withExtendedLifetime(continuation) {}
    }

    /// How a reader of a live page leaves.
    enum Departure: String, CaseIterable, Sendable {
        case reset, dropped, closed
    }

    @Test(
        "Who leaves a live page has left the broadcast, at once or with the next message",
        arguments: Departure.allCases
    )
    func leavingLivePage(_ departure: Departure) async throws {
        let broadcast = Broadcast<Gemtext>()
        try await Self.withPage {
            .live(broadcast, as: "ann", opening: "# Live")
        } _: { server in
            let connection = try await server.connect()
            try await connection.send("gemini://localhost/\r\n")
            #expect(await eventually { broadcast.readers.map(\.name) == ["ann"] })
            broadcast.publish("Hello!")
            #expect(try await connection.read(atLeast: 30).text == "20 text/gemini\r\n# Live\nHello!\n")
            switch departure {
            case .reset: await connection.reset()
            case .dropped: await connection.drop()
            case .closed: await connection.close()
            }
            #expect(
                await eventually {
                    // A client that has closed may have closed its own side only: it takes a message to find out.
                    if departure != .reset { broadcast.publish("Are you there?") }
                    return broadcast.readers.isEmpty
                }
            )
            #expect(await server.becomesIdle())
        }
    }

    @Test("Readers of pages that never end do not outlast the grace of a shutdown")
    func shutDown() async throws {
        let broadcast = Broadcast<Gemtext>()
        try await Self.withPage {
            .live(broadcast, opening: "# Live")
        } _: { server in
            var readers: [TestConnection] = []
            for _ in 0..<20 {
                let reader = try await server.connect()
                try await reader.send("gemini://localhost/\r\n")
                readers.append(reader)
            }
            #expect(await eventually { broadcast.readers.count == 20 })
            let start = ContinuousClock.now
            await server.running.shutDown(grace: .milliseconds(300))
            let elapsed = ContinuousClock.now - start
            #expect(elapsed > .milliseconds(250))
            #expect(elapsed < .seconds(60))
            #expect(await eventually { broadcast.readers.isEmpty })
            for reader in readers {
                let transcript = try await reader.readToEnd()
                #expect(transcript.text == "20 text/gemini\r\n# Live\n")
                #expect(!transcript.closeNotify)
            }
        }
    }

    @Test(
        "Behind its capsule in a group of services, a broadcast ends its readers' pages in order before the grace begins"
    )
    func service() async throws {
        let broadcast = Broadcast<Gemtext>()
        try await Self.withPage {
            .live(broadcast, opening: "# Live")
        } _: { server in
            let reader = try await server.connect()
            try await reader.send("gemini://localhost/\r\n")
            #expect(await eventually { broadcast.readers.count == 1 })
            let group = ServiceGroup(services: [broadcast], logger: server.log.logger)
            async let running: Void = group.run()
            await group.triggerGracefulShutdown()
            try await running
            let transcript = try await reader.readToEnd()
            #expect(transcript.text == "20 text/gemini\r\n# Live\n")
            #expect(transcript.closeNotify)
            await reader.close()
        }
    }
}
