import GeminiProtocol
import NIOCore
import TestSupport
import Testing

@testable import GeminiClient

@Suite("Uploads by Titan")
struct UploadTests {
    /// Takes an upload of the announced size, then answers.
    private static func accept(_ visit: ScriptedVisit, _ answer: String = "30 gemini://h/f\r\n") async throws {
        let line = try await visit.request()
        let size = line.firstMatch(of: /;size=([0-9]+)/).flatMap { Int($0.1) } ?? 0
        _ = try await visit.connection.read(atLeast: line.utf8.count + 2 + size)
        try await visit.send(answer)
        try await visit.connection.closeOutput()
        try await visit.clientLeft()
    }

    @Test("TI-02: the request line with size and media type, then exactly the bytes")
    func upload() async throws {
        try await withScriptedServer {
            try await Self.accept($0)
        } _: { server in
            let outcome = try await makeClient().upload(
                .text("abc"),
                to: server.url("/f?x#y", scheme: "titan"),
                mediaType: .plainText
            )
            #expect(await server.becomesIdle())
            let line = "titan://localhost:\(server.port)/f;size=3;mime=text/plain?x\r\n"
            #expect(server.visits[0].received.text == line + "abc")
            #expect(server.visits[0].received.closeNotify)
            let decision = try #require(outcome.redirect)
            #expect(decision.reason == .afterUpload)
            #expect(decision.url?.description == "gemini://h/f")
            #expect(server.requests.count == 1)
        }
    }

    @Test("TI-02: nothing after the request line but the bytes, however many and in whatever pieces")
    func large() async throws {
        let pieces = (0..<50).map { ByteBuffer(repeating: UInt8($0), count: 100_000) }
        let size = 5_000_000
        let stream = AsyncStream(ByteBuffer.self) { continuation in
            for piece in pieces { continuation.yield(piece) }
            continuation.finish()
        }
        try await withScriptedServer {
            try await Self.accept($0, "20 text/gemini\r\n# Stored\n")
        } _: { server in
            let outcome = try await makeClient().upload(
                .stream(size: size, stream),
                to: server.url("/f", scheme: "titan"),
                mediaType: .octetStream
            )
            #expect(try outcome.get().document.title == "Stored")
            #expect(await server.becomesIdle())
            let received = server.visits[0].received.body
            #expect(received.count == size)
            #expect(received == pieces.flatMap { Array($0.readableBytesView) })
        }
    }

    @Test("A file is uploaded as it is; what is no file is an error before anything is connected")
    func file() async throws {
        let directory = try TemporaryDirectory()
        let content = (0..<200_000).map { UInt8(truncatingIfNeeded: $0) }
        let path = try directory.write(content, to: "picture.bin")
        try await withScriptedServer {
            try await Self.accept($0)
        } _: { server in
            let url = try server.url("/f", scheme: "titan")
            _ = try await makeClient().upload(.file(path), to: url, mediaType: .octetStream)
            #expect(await server.becomesIdle())
            #expect(server.visits[0].received.body == content)

            await #expect(
                throws: UploadContentError.unreadableFile(path: directory.path, reason: "it is no regular file")
            ) {
                try await UploadContent.file(directory.path)
            }
            let missing = directory.path("missing")
            let reason = "no such file or directory"
            await #expect(throws: UploadContentError.unreadableFile(path: missing, reason: reason)) {
                try await UploadContent.file(missing)
            }
        }
    }

    @Test("TI-05: a token is percent-encoded; TI-10: so is what would end a media type")
    func encoding() async throws {
        try await withScriptedServer {
            try await Self.accept($0)
        } _: { server in
            let type: MediaType = "text/gemini; charset=utf-8; lang=\"en,fr\""
            _ = try await makeClient().upload(
                .text("a"),
                to: server.url("/f", scheme: "titan"),
                mediaType: type,
                token: "a;b c/é"
            )
            let line = try RequestLine(parsing: Array(server.requests[0].utf8).span)
            #expect(line.titan?.parameters?.token == "a;b c/é")
            #expect(line.titan?.parameters?.mediaType == type.description)
            #expect(server.requests[0].hasSuffix(";token=a%3Bb%20c%2F%C3%A9"))
        }
    }

    @Test("TI-22, TI-24: parameters of a link are left out; a gemini URL is uploaded to under titan")
    func stripping() async throws {
        let identity = try ClientIdentity.test()
        try await withScriptedServer {
            try await Self.accept($0)
        } _: { server in
            let identities = TestIdentities([(try server.url("/f").description, identity)])
            let client = makeClient(identities: identities)
            _ = try await client.upload(.text("a"), to: server.url("/f;size=9;token=x;mime=a/b", scheme: "titan"))
            _ = try await client.upload(.text("a"), to: server.url("/f;v=1"))
            let start = "titan://localhost:\(server.port)/f"
            #expect(server.requests == ["\(start);size=1;mime=text/gemini", "\(start)%3Bv=1;size=1;mime=text/gemini"])
            // The identity is the one for gemini://…/f, whatever the scheme.
            #expect(identities.urls == [try server.url("/f").description, try server.url("/f%3Bv=1").description])
            #expect(server.visits.map { $0.certificate != nil } == [true, true])
        }
    }

    @Test("TI-14: an answer that comes while sending ends it", arguments: [false, true])
    func earlyAnswer(isReset: Bool) async throws {
        try await withScriptedServer { visit in
            try await visit.request()
            try await visit.connection.stopReading()
            try await visit.send("60 Who are you?\r\n")
            if isReset {
                // A server that closes with unread bytes before it: what it said is still to be heard.
                await visit.connection.drop()
            } else {
                try await visit.connection.closeOutput()
                try await visit.connection.resumeReading()
                try await visit.clientLeft()
            }
        } _: { server in
            let sent = Progress()
            let pieces = AsyncStream(ByteBuffer.self, bufferingPolicy: .unbounded) { continuation in
                for _ in 0..<1000 { continuation.yield(ByteBuffer(repeating: 7, count: 100_000)) }
                continuation.finish()
            }.map { piece in
                sent.add(piece.readableBytes)
                return piece
            }
            let outcome = try await makeClient().upload(
                .stream(size: 100_000_000, pieces),
                to: server.url("/f", scheme: "titan")
            )
            #expect(outcome.certificate?.serverMessage == "Who are you?")
            #expect(await server.becomesIdle())
            #expect(await sent.settles(for: .milliseconds(50)) < 100_000_000)
        }
    }

    @Test("TI-14: a server that takes nothing is left after the time for a stall")
    func stalled() async throws {
        try await withScriptedServer { visit in
            try await visit.request()
            try await visit.connection.stopReading()
            try await visit.connection.closed()
        } _: { server in
            let client = makeClient { $0.limits.stallTimeout = .milliseconds(300) }
            let url = try server.url("/f", scheme: "titan")
            let content = UploadContent.buffer(ByteBuffer(repeating: 7, count: 50_000_000))
            guard case .timedOut(_, .upload) = await error(of: { try await client.upload(content, to: url) }) else {
                Issue.record("no error")
                return
            }
        }
    }

    @Test("TI-15: content of another size than was said is an error, and the server gets no more than was said")
    func size() async throws {
        try await withScriptedServer { visit in
            try await visit.request()
            try await visit.clientLeft()
        } _: { server in
            let url = try server.url("/f", scheme: "titan")
            func uploadError(_ size: Int) async -> UploadContentError? {
                let pieces = AsyncStream(ByteBuffer.self) { continuation in
                    for text in ["abc", "def"] { continuation.yield(ByteBuffer(string: text)) }
                    continuation.finish()
                }
                let failure = await error { try await makeClient().upload(.stream(size: size, pieces), to: url) }
                guard case .uploadFailed(let failure) = failure else { return nil }
                return failure
            }
            #expect(await uploadError(5) == .tooLong(expected: 5))
            #expect(await uploadError(7) == .tooShort(expected: 7, actual: 6))
            #expect(await server.becomesIdle())
            #expect(server.visits[0].received.body.count <= 5)
            struct Broken: Error {}
            let broken = AsyncThrowingStream(ByteBuffer.self) { $0.finish(throwing: Broken()) }
            let failure = await error { try await makeClient().upload(.stream(size: 3, broken), to: url) }
            guard case .uploadFailed(.contentFailed) = failure else {
                Issue.record("\(String(describing: failure))")
                return
            }
        }
    }

    @Test("TI-19: nothing is deleted but when asked to")
    func delete() async throws {
        try await withScriptedServer {
            try await Self.accept($0, "20 text/gemini\r\n")
        } _: { server in
            let url = try server.url("/f", scheme: "titan")
            guard case .uploadFailed(.empty) = await error(of: { try await makeClient().upload(.bytes([]), to: url) })
            else {
                Issue.record("an empty upload was sent")
                return
            }
            #expect(server.visits.isEmpty)
            _ = try await makeClient().delete(url, token: "secret")
            #expect(server.requests == ["titan://localhost:\(server.port)/f;size=0;mime=text/gemini;token=secret"])
        }
    }

    @Test("TI-11, GP-041: the limit of 1,024 bytes counts the parameters")
    func length() async throws {
        let url = try GeminiURL("titan://localhost/" + String(repeating: "a", count: 990))
        guard case .invalidRequest(.tooLong) = await error(of: { try await makeClient().upload(.text("a"), to: url) })
        else {
            Issue.record("no error")
            return
        }
    }

    @Test("TI-30: the editable form is asked for with ;edit and nothing else, on every redirect too (TI-35)")
    func edit() async throws {
        try await withScriptedServer { visit in
            try await visit.answer(visit.number == 0 ? "30 /g;edit\r\n" : "20 text/gemini\r\n# Raw\n")
            try await visit.clientLeft()
        } _: { server in
            let page = try await makeClient().fetchForEditing(server.url("/f")).get()
            #expect(try page.document.title == "Raw")
            let start = "titan://localhost:\(server.port)"
            #expect(server.requests == ["\(start)/f;edit", "\(start)/g;edit"])
            #expect(await server.becomesIdle())
            #expect(server.visits[0].received.text == "\(start)/f;edit\r\n")
        }
    }

    @Test("TI-01: a resource of another scheme cannot be uploaded to")
    func scheme() async throws {
        let url = try GeminiURL("https://h/f")
        guard case .unsupportedScheme("https") = await error(of: { try await makeClient().upload(.text("a"), to: url) })
        else {
            Issue.record("no error")
            return
        }
    }
}
