import GeminiProtocol
import GeminiServer
import NIOCore
import TestSupport
import Testing

@Suite("Answers at once", .timeLimit(.minutes(10)))
struct RespondAtOnceTests {
    /// Knows some answers by heart, and has to think about the others.
    private struct Ready: Responder {
        func respondAtOnce(to request: Request) -> Response? {
            switch request.url.path {
            case "/bytes": .text("at once\n")
            case "/stream": .success(.plainText, .stream { try await $0.write("at once\n") })
            case "/broken": .success(.plainText, .stream { _ in throw CancellationError() })
            case "/failure": .failure(.gone)
            default: nil
            }
        }

        func respond(to request: Request) async throws -> Response {
            await Task.yield()
            return .text("later\n")
        }
    }

    @Test(
        "What is there at once is sent, and of what is not the responder is asked",
        arguments: [
            ("/bytes", "20 text/plain\r\nat once\n"), ("/stream", "20 text/plain\r\nat once\n"),
            ("/failure", "52 Gone\r\n"),
            ("/else", "20 text/plain\r\nlater\n"),
        ]
    )
    func answer(path: String, expected: String) async throws {
        try await withServer(responder: Ready()) { server in
            let transcript = try await server.answer(to: "gemini://localhost\(path)")
            #expect(transcript.text == expected)
            #expect(transcript.closeNotify)
            let entry = await server.accessLog.entries(atLeast: 1)[0]
            #expect(entry.isComplete)
            #expect(entry.bytes == transcript.bytes.count)
        }
    }

    @Test("A stream that breaks off does so without close_notify")
    func broken() async throws {
        try await withServer(responder: Ready()) { server in
            let transcript = try await server.answer(to: "gemini://localhost/broken")
            #expect(transcript.text == "20 text/plain\r\n")
            #expect(!transcript.closeNotify)
        }
    }
}
