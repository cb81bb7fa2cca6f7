import GeminiProtocol
import GeminiServer
import NIOCore
import TestSupport
import Testing

/// What leaves the server for what a responder returns.
@Suite("Responses over TLS", .timeLimit(.minutes(10)))
struct ResponseConformanceTests {
    struct Case: Sendable, CustomTestStringConvertible {
        var testDescription: String
        var response: @Sendable () throws -> Response
        var expected: String

        init(_ description: String, _ response: @escaping @Sendable () throws -> Response, _ expected: String) {
            self.testDescription = description
            self.response = response
            self.expected = expected
        }
    }

    private static func meta(_ text: String) -> Meta {
        Meta(sanitizing: text) ?? "nothing was left"
    }

    private static func received(_ line: String) throws -> ResponseHeader {
        try ResponseHeader.parse(Array((line + "\r\n").utf8).span, metaLimit: 4096).header
    }

    private static let body = ResponseBody.bytes(ByteBuffer(string: "body"))
    private static let stream = ResponseBody.stream { try await $0.write("body") }

    static let cases: [Case] = headers + dropped + redirects + failures

    private static let headers = [
        Case("GP-070: a success", { .gemtext("# A\n") }, "20 text/gemini\r\n# A\n"),
        Case("GP-070: an empty document", { .gemtext("") }, "20 text/gemini\r\n"),
        Case("GP-070: an empty body", { .success(.plainText, .empty) }, "20 text/plain\r\n"),
        Case("GP-071: UTF-8 in a meta", { .failure(.gone, "Grüße, 世界") }, "52 Grüße, 世界\r\n"),
        Case("GP-071: no byte order mark", { .failure(.gone, "\u{FEFF}away") }, "52 away\r\n"),
        Case("GP-072: one space", { .failure(.gone, "   away") }, "52 away\r\n"),
        Case("GP-073: an input", { .input("Your name?") }, "10 Your name?\r\n"),
        Case("GP-073: a sensitive input", { .input("Password?", sensitive: true) }, "11 Password?\r\n"),
        Case("GP-074: never without text", { .failure(.notFound) }, "51 Not found\r\n"),
        Case("GP-074: nor with an empty one", { .failure(.notFound, "") }, "51 Not found\r\n"),
        Case("GP-074: nor with one of spaces", { .failure(.notFound, " ") }, "51 Not found\r\n"),
        Case("GP-075: no line break", { .failure(.gone, "a\r\n20 text/gemini\r\n# b") }, "52 a 20 text/gemini # b\r\n"),
        Case("GP-075: no escape", { .failure(.gone, "a\u{1B}[2Jb\u{9F}") }, "52 a\u{FFFD}[2Jb\u{FFFD}\r\n"),
        Case("GP-093: seconds after 44", { Response(.slowDown(for: .seconds(30))) }, "44 30\r\n"),
        Case("GP-093: without a number too", { .failure(.slowDown) }, "44 30\r\n"),
        Case("GP-094: a reason after 60", { .failure(.certificateRequired) }, "60 Client certificate required\r\n"),
        Case(
            "GP-110: parameters",
            { .success("text/gemini; charset=utf-8; lang=\"en,fr\"", body) },
            "20 text/gemini; charset=utf-8; lang=\"en,fr\"\r\nbody"
        ),
        Case(
            "GP-076: a message of 2,000 bytes is cut",
            { .failure(.gone, String(repeating: "é", count: 1000)) },
            "52 \(String(repeating: "é", count: 512))\r\n"
        ),
        Case(
            "GP-076: a media type of 2,000 bytes is a failure",
            { Response(try received("20 text/\(String(repeating: "x", count: 2000))"), body: body) },
            "40 The header of the response is too long\r\n"
        ),
        Case(
            "GP-077: an undefined success",
            { Response(try received("22 text/plain"), body: body) },
            "20 text/plain\r\nbody"
        ),
        Case(
            "GP-077: an undefined success that is streamed",
            { Response(try received("22 text/plain"), body: stream) },
            "20 text/plain\r\nbody"
        ),
        Case("GP-077: an undefined failure", { Response(try received("45 Later")) }, "40 Later\r\n"),
        Case("GP-074: a header that came without text", { Response(try received("51")) }, "51 Not found\r\n"),
    ]

    /// GP-078: a body behind any other status.
    private static let dropped =
        Status.defined.filter { !$0.hasBody }.flatMap { status in
            [("bytes", body), ("a stream", stream)].map { name, body in
                Case(
                    "GP-078: \(name) behind \(status.code)",
                    { Response(try ResponseHeader(status, "Text"), body: body) },
                    "\(status.code) Text\r\n"
                )
            }
        }

    private static let redirects = [
        Case("GP-130: a relative target", { .redirect(to: try URIReference("../b")) }, "30 ../b\r\n"),
        Case(
            "GP-130: an absolute one, for good",
            { .redirect(to: try URIReference("gemini://ex.org/"), permanent: true) },
            "31 gemini://ex.org/\r\n"
        ),
        Case("GP-130: an empty one is a failure", { .redirect(to: try URIReference("")) }, "40 Temporary failure\r\n"),
        Case("GP-130: and a mere fragment", { .redirect(to: try URIReference("#a")) }, "40 Temporary failure\r\n"),
        Case("GP-133: a query goes along", { .redirect(to: try URIReference("/d/?q")) }, "30 /d/?q\r\n"),
        Case("GP-134: a fragment does not", { .redirect(to: try URIReference("/d/?q#f")) }, "30 /d/?q\r\n"),
        Case("GP-142: to the slash form", { .redirect(to: try URIReference("/d/"), permanent: true) }, "31 /d/\r\n"),
        Case("GP-143: non-ASCII is encoded", { .redirect(to: try URIReference("/caf\u{E9}")) }, "30 /caf%C3%A9\r\n"),
        Case("GP-143: what people type too", { .redirect(to: try URIReference(lenient: "/a b")) }, "30 /a%20b\r\n"),
        Case(
            "GP-076: a target of 2,000 bytes is a failure",
            { .redirect(to: try URIReference("/" + String(repeating: "x", count: 2000))) },
            "40 Temporary failure\r\n"
        ),
        Case(
            "GP-075: no line break gets into a target",
            { .redirect(to: try URIReference("/a\r\n20 text/gemini")) },
            "40 Temporary failure\r\n"
        ),
        Case(
            "GP-075: nor by the lenient way",
            { .redirect(to: try URIReference(lenient: "/a\r\n20 text/gemini")) },
            "40 Temporary failure\r\n"
        ),
    ]

    private static let failures = [
        Case("GP-095: no failure is one all the same", { .failure(.success) }, "40 Temporary failure\r\n"),
        Case("GP-095: nor is a redirect", { .failure(.temporaryRedirect, "/x") }, "40 /x\r\n"),
    ]

    @Test("A response as it leaves", arguments: Self.cases)
    func response(_ test: Case) async throws {
        try await withServer(responder: .closure { _ in try test.response() }) { server in
            let transcript = try await server.answer(to: "gemini://localhost/")
            #expect(transcript.text == test.expected)
            RequestConformanceTests.expectWellFormed(transcript)

            let entry = await server.accessLog.entries(atLeast: 1)[0]
            #expect(entry.header?.description == transcript.header)
            #expect(entry.bytes == transcript.bytes.count)
            #expect(entry.isComplete)
        }
    }

    @Test(
        "GP-009: a body of any length is followed by the end",
        arguments: [1, 16_384, 65_535, 65_536, 65_537, 1_000_000, 5_000_000]
    )
    func lengths(_ length: Int) async throws {
        let bytes = (0..<length).map { UInt8(truncatingIfNeeded: $0 &* 31 &+ $0 >> 8) }
        let responders: [any Responder] = [
            .closure { _ in .success(.octetStream, .bytes(ByteBuffer(bytes: bytes))) },
            .closure { _ in .success(.octetStream, .stream { try await $0.write(ByteBuffer(bytes: bytes)) }) },
        ]
        for responder in responders {
            try await withServer(responder: responder) { server in
                let transcript = try await server.answer(to: "gemini://localhost/")
                #expect(transcript.body == bytes)
                #expect(transcript.closeNotify)
                let entry = await server.accessLog.entries(atLeast: 1)[0]
                #expect(entry.bytes == transcript.bytes.count)
            }
        }
    }
}
