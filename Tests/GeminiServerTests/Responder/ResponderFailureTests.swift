import GeminiProtocol
import GeminiServer
import Logging
import NIOCore
import TestSupport
import Testing

@Suite("Responders that fail", .timeLimit(.minutes(10)))
struct ResponderFailureTests {
    private struct Known: ResponseError {
        var response: Response
    }

    private struct Unknown: Error, CustomStringConvertible {
        var description: String { "the password of /srv/secret is hunter2" }
    }

    @Test(
        "An error that is a response becomes it",
        arguments: [
            (Response.input("Your name?"), "10 Your name?\r\n"),
            (.input("Password?", sensitive: true), "11 Password?\r\n"),
            (.gemtext("# Thrown\n"), "20 text/gemini\r\n# Thrown\n"),
            (Response(.redirect(to: "/elsewhere")), "30 /elsewhere\r\n"),
            (Response(.slowDown(for: .seconds(5))), "44 5\r\n"),
            (.failure(.certificateRequired, "Members only"), "60 Members only\r\n"),
            (Response(.failure(.gone), body: .bytes(ByteBuffer(string: "dropped"))), "52 Gone\r\n"),
            (.success(.plainText, .stream { try await $0.write("streamed") }), "20 text/plain\r\nstreamed"),
        ]
    )
    func known(response: Response, expected: String) async throws {
        try await withServer(responder: .closure { _ in throw Known(response: response) }) { server in
            let transcript = try await server.answer(to: "gemini://localhost/")
            #expect(transcript.text == expected)
            #expect(transcript.closeNotify)
            #expect(server.log.messages.allSatisfy { $0.level <= .debug })
        }
    }

    @Test("GP-095: any other becomes 40 with a fixed text, and its own words go to the log only")
    func unknown() async throws {
        try await withServer(responder: .closure { _ in throw Unknown() }) { server in
            let transcript = try await server.answer(to: "gemini://localhost/")
            #expect(transcript.text == "40 Temporary failure\r\n")
            #expect(transcript.closeNotify)
            let messages = server.log.messages.filter { $0.level >= .error }
            #expect(messages.count == 1)
            #expect(messages.first?.text.contains("hunter2") == true)
        }
    }

    @Test("A cancellation that nobody asked for is a failure like any other")
    func cancellation() async throws {
        try await withServer(responder: .closure { _ in throw CancellationError() }) { server in
            let transcript = try await server.answer(to: "gemini://localhost/")
            #expect(transcript.text == "40 Temporary failure\r\n")
            #expect(server.log.contains("A responder failed at /"))
        }
    }

    @Test("GP-011: an error in the middle of a stream ends it without close_notify", arguments: ["", "first\n"])
    func stream(part: String) async throws {
        let errors: [any Error & Sendable] = [Unknown(), Known(response: .failure(.gone)), CancellationError()]
        for error in errors {
            let responder = ClosureResponder { _ in
                .success(
                    .plainText,
                    .stream { writer in
                        if !part.isEmpty { try await writer.write(part) }
                        throw error
                    }
                )
            }
            try await withServer(responder: responder) { server in
                let transcript = try await server.answer(to: "gemini://localhost/")
                #expect(transcript.text == "20 text/plain\r\n" + part)
                #expect(!transcript.closeNotify)
                let entry = await server.accessLog.entries(atLeast: 1)[0]
                #expect(!entry.isComplete)
                #expect(entry.header?.status == .success)
                #expect(entry.bytes == transcript.bytes.count)
                #expect(await server.becomesIdle())
            }
        }
    }

    @Test("GP-078: a stream behind a status without a body is not even begun")
    func neverBegun() async throws {
        let recorder = Recorder()
        let responder = ClosureResponder { request in
            Response(.failure(.notFound), body: .stream { _ in _ = try await recorder.respond(to: request) })
        }
        try await withServer(responder: responder) { server in
            let transcript = try await server.answer(to: "gemini://localhost/")
            #expect(transcript.text == "51 Not found\r\n")
            #expect(await server.becomesIdle())
            #expect(recorder.paths.isEmpty)
        }
    }

    @Test("A request that is refused never reaches the responder")
    func refused() async throws {
        let recorder = Recorder()
        try await withServer(responder: recorder) { server in
            for line in [
                "", "gemini://elsewhere.test/", "http://localhost/", "gemini://localhost/..", "gemini://localhost/#x",
            ] {
                _ = try await server.answer(to: line)
            }
            #expect(recorder.paths.isEmpty)
            #expect(await server.accessLog.entries(atLeast: 5).count == 5)
        }
    }

    @Test("What a responder is told about its request")
    func request() async throws {
        let recorder = Recorder()
        try await withServer(responder: recorder) { server in
            let connection = try await server.connect()
            try await connection.send("gemini://LOCALHOST:\(server.port)/a/./b%7e?q=%20\r\n")
            _ = try await connection.readToEnd()
            let request = try #require(recorder.requests.first)
            #expect(request.line.text == "gemini://LOCALHOST:\(server.port)/a/./b%7e?q=%20")
            #expect(request.url.path == "/a/b~")
            #expect(request.line.rawPath == "/a/./b%7e")
            #expect(request.line.rawQuery == "q=%20")
            #expect(request.remoteAddress == connection.channel.localAddress)
            #expect(request.localAddress == server.address)
            #expect(request.clientCertificate == nil)
        }
    }
}
