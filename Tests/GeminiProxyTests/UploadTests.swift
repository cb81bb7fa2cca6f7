import GeminiClient
import GeminiProtocol
import GeminiServer
import NIOCore
import TestSupport
import Testing

@testable import GeminiProxy

@Suite("Uploads to an origin", .timeLimit(.minutes(10)))
struct UploadTests {
    @Test("TI-02, TI-18: an upload reaches the origin whole, and its redirect is ours")
    func upload() async throws {
        let origin = ClosureResponder { request in
            guard let upload = request.upload else { return .text(request.isEdit ? "raw" : "page") }
            let bytes = try await upload.collect()
            let parameters = upload.parameters
            guard bytes.readableBytesView.allSatisfy({ $0 == 0x78 }), parameters.token == "a;b",
                parameters.mediaType == "text/plain"
            else { return .failure(.badRequest) }
            let port = request.localAddress?.port ?? 0
            return .redirect(to: try URIReference("gemini://localhost:\(port)\(request.path)?\(bytes.readableBytes)"))
        }
        try await withOwnOrigin(mountedAt: "/app", base: "/base/", origin: origin) { front, _ async throws in
            let body = [UInt8](repeating: 0x78, count: 3_000_000)
            let line = Array("titan://localhost/app/f;token=a%3Bb;mime=text/plain;size=\(body.count)\r\n".utf8)
            let uploaded = try await front.answer(to: line + body)
            #expect(uploaded.header == "30 gemini://localhost/app/f?\(body.count)")
            #expect(try await front.answer(to: "titan://localhost/app/f;edit").body == Array("raw".utf8))
            #expect(try await front.answer(to: "gemini://localhost/app/f").body == Array("page".utf8))
        }
    }

    @Test("TI-19: a deletion passes, with no bytes behind it")
    func deletion() async throws {
        try await withOrigin {
            try await $0.answer("20 text/plain\r\ngone")
        } _: { front, origin async throws in
            #expect(try await front.answer(to: "titan://localhost/f;size=0").body == Array("gone".utf8))
            #expect(origin.requests == ["titan://localhost:\(origin.port)/f;size=0;mime=text/gemini"])
        }
    }

    @Test("TI-12, TI-14: the origin's early refusal arrives while the visitor still sends")
    func early() async throws {
        try await withOrigin {
            try await $0.answer("50 Not today\r\n")
        } _: { front, origin async throws in
            let connection = try await front.connect()
            try await connection.send("titan://localhost/f;size=9000000\r\nabc")
            let transcript = try await connection.readToEnd()
            #expect(transcript.text == "50 Not today\r\n")
            #expect(transcript.closeNotify)
            #expect(await origin.becomesIdle())
        }
    }

    @Test(
        "TI-15: a visitor that leaves in the middle leaves the origin without the end, and what is too large is 59 here"
    )
    func incomplete() async throws {
        let failures = Counter()
        let origin = ClosureResponder { request in
            do {
                _ = try await request.upload?.collect()
            } catch UploadError.incomplete {
                failures.add(1)
                throw UploadError.incomplete
            }
            return .text("stored")
        }
        try await withOwnOrigin(origin: origin) { front, running async throws in
            let connection = try await front.connect()
            try await connection.send("titan://localhost/f;size=900000\r\nabc")
            #expect(await eventually { running.connectionCount == 1 })
            await connection.drop()
            #expect(await eventually { failures.value == 1 && running.connectionCount == 0 })

            let half = try await front.connect()
            try await half.send("titan://localhost/f;size=900000\r\nabc")
            try await half.closeOutput()
            #expect(try await half.readToEnd().header.hasPrefix("59 The upload ended before"))
            let large = try await front.answer(to: "titan://localhost/f;size=99999999")
            #expect(large.header.hasPrefix("59 The upload is larger than"))
        }
    }

    @Test("TI-16: an origin that takes nothing holds the visitor back, and is 43 after the time for a stall")
    func stalledOrigin() async throws {
        let options = makeOptions { $0.limits.stallTimeout = .milliseconds(500) }
        try await withOrigin(options) { visit in
            try await visit.request()
            try await visit.connection.stopReading()
            try await visit.connection.closed()
        } _: { front, _ async throws in
            let connection = try await front.connect()
            try await connection.send("titan://localhost/f;size=10000000\r\n")
            let sending = Task {
                try await connection.send([UInt8](repeating: 0x78, count: 10_000_000), inPiecesOf: 50_000)
            }
            #expect(try await connection.readToEnd().header == RelayTests.unreachable)
            sending.cancel()
        }
    }

    @Test("A visitor that is slower than the origin would wait is no fault of the origin")
    func slowVisitor() async throws {
        let origin = ClosureResponder { request in .text("\(try await request.upload?.collect().readableBytes ?? 0)") }
        let options = makeOptions { $0.limits.stallTimeout = .milliseconds(200) }
        try await withOwnOrigin(options, origin: origin) { front, running async throws in
            let connection = try await front.connect()
            try await connection.send("titan://localhost/f;size=6\r\nabc")
            #expect(await eventually { running.connectionCount == 1 })
            // Longer than the origin's time for a stall: what is waited for is that nothing happens.
            try await Task.sleep(for: .milliseconds(600))
            try await connection.send("def")
            #expect(try await connection.readToEnd().body == Array("6".utf8))
        }
    }
}
