import GeminiProtocol
import GeminiServer
import NIOCore
import NIOSSL
import TestSupport
import Testing

@Suite("Uploads", .timeLimit(.minutes(10)))
struct UploadTests {
    struct Case: Sendable, CustomTestStringConvertible {
        var row: String
        var line: String
        var body: String
        var path = "/f"
        var mediaType = "text/plain"
        var token: String?
        var query: String?

        var testDescription: String { "\(self.row): \(self.line)" }
    }

    static let cases = [
        Case(row: "TI-02", line: "titan://localhost/f;size=3;mime=text/plain", body: "abc"),
        Case(row: "TI-04", line: "titan://localhost/f;size=3", body: "abc", mediaType: "text/gemini"),
        Case(row: "TI-05", line: "titan://localhost/f;token=a%3Bb;size=1;mime=text/plain", body: "x", token: "a;b"),
        Case(row: "TI-06", line: "titan://localhost/f;mime=text/plain;token=t;size=1", body: "x", token: "t"),
        Case(row: "TI-06", line: "titan://localhost/f;mime=text/plain;size=1;token=t", body: "x", token: "t"),
        Case(row: "TI-08", line: "titan://localhost/f;size=1;mime=text/plain?user=Alex", body: "x", query: "user=Alex"),
        Case(row: "TI-09", line: "titan://localhost/p;mime=text/plain;size=3", body: "a\r\n", path: "/p"),
        Case(
            row: "TI-10",
            line: "titan://localhost/f;mime=text/gemini; charset=utf-8;size=9",
            body: "# Hello\r\n",
            mediaType: "text/gemini; charset=utf-8"
        ),
        Case(row: "TI-19", line: "titan://localhost/f;size=0;mime=text/plain", body: ""),
    ]

    @Test("A request arrives with its parameters and its body", arguments: Self.cases)
    func arrives(_ test: Case) async throws {
        let recorder = UploadRecorder()
        try await withUploads(recorder) { server in
            let transcript = try await server.answer(to: Array("\(test.line)\r\n\(test.body)".utf8))
            #expect(transcript.text == "20 text/plain\r\n\(test.body.utf8.count) bytes\n")
            #expect(transcript.closeNotify)
            let request = try #require(recorder.state.requests.first)
            let parameters = try #require(request.upload?.parameters)
            #expect(recorder.state.bodies == [test.body])
            #expect(parameters.size == test.body.utf8.count)
            #expect(parameters.mediaType == test.mediaType)
            #expect(parameters.token == test.token)
            #expect(request.path == test.path)
            #expect(request.query == test.query)
            let entry = await server.accessLog.entries(atLeast: 1)[0]
            #expect(
                String(decoding: entry.requestLine, as: UTF8.self)
                    == test.line.replacing(#/;token=[^;?]*/#, with: ";token=***")
            )
            #expect(entry.bytes == transcript.bytes.count)
        }
    }

    @Test("TI-02: in any fragmentation", arguments: [1, 2, 7, 40, 100], [TLSVersion.tlsv12, .tlsv13])
    func fragments(size: Int, version: TLSVersion) async throws {
        let recorder = UploadRecorder()
        var tls = TestConnection.TLS()
        tls.versions = version...version
        try await withUploads(recorder) { [tls] server in
            let bytes = Array("titan://localhost/f;size=26;mime=text/plain\r\nabcdefghijklmnopqrstuvwxyz".utf8)
            let transcript = try await server.answer(to: bytes, tls: tls, inPiecesOf: size)
            #expect(transcript.text == "20 text/plain\r\n26 bytes\n")
            #expect(transcript.closeNotify)
            #expect(recorder.state.bodies == ["abcdefghijklmnopqrstuvwxyz"])
        }
    }

    @Test("TI-16: a large body, whole", arguments: [TLSVersion.tlsv12, .tlsv13])
    func large(version: TLSVersion) async throws {
        var tls = TestConnection.TLS()
        tls.versions = version...version
        let responder = ClosureResponder { request in
            let body = try await #require(request.upload).collect()
            return .success(.octetStream, .bytes(body))
        }
        try await withUploads(responder) { [tls] server in
            let body = (0..<3_000_000).map { UInt8(truncatingIfNeeded: $0 &* 31 >> 3) }
            let line = Array("titan://localhost/f;size=\(body.count);mime=text/plain\r\n".utf8)
            let transcript = try await server.answer(to: line + body, tls: tls)
            #expect(transcript.header == "20 application/octet-stream")
            #expect(transcript.body == body)
        }
    }

    @Test("TI-01: gemini and titan come to one listener")
    func both() async throws {
        let recorder = UploadRecorder()
        try await withUploads(recorder) { server in
            let page = try await server.answer(to: "gemini://localhost/f")
            #expect(page.text == "20 text/gemini\r\npage\n")
            let upload = try await server.answer(to: Array("titan://localhost:\(server.port)/f;size=1\r\nx".utf8))
            #expect(upload.text == "20 text/plain\r\n1 bytes\n")
            #expect(recorder.state.requests.map { $0.upload == nil } == [true, false])
            #expect(recorder.state.requests.allSatisfy { !$0.isEdit && $0.path == "/f" })
        }
    }

    @Test(
        "A request that is no upload of ours is refused before anybody is asked",
        arguments: [
            ("TI-03", "titan://localhost/f;mime=text/plain", "59"), ("TI-03", "titan://localhost/f;size=-1", "59"),
            ("TI-03", "titan://localhost/f;size=99999999999999999999", "59"),
            ("TI-07", "titan://localhost/f;foo=1;size=0", "59"), ("TI-07", "titan://localhost/f;size=0;size=0", "59"),
            ("TI-11", "titan://localhost/\(String(repeating: "x", count: 1000));size=3;mime=a/b", "59"),
            ("TI-36", "titan://localhost/f", "59"), ("GP-055", "titan://other.test/f;size=1", "53"),
            ("TI-25", "titan://localhost:1/f;size=1", "53"), ("DA-01", "titan://localhost/../f;size=1", "51"),
            ("TI-33", "titan://localhost/f;edit;size=0", "59"),
        ]
    )
    func refused(row: String, line: String, status: String) async throws {
        let recorder = UploadRecorder()
        try await withUploads(recorder) { server in
            let transcript = try await server.answer(to: line)
            #expect(transcript.header.hasPrefix(status), "\(row)")
            #expect(transcript.closeNotify)
            #expect(recorder.state.requests.isEmpty)
        }
    }

    @Test("TI-27: a host that takes no uploads refuses them with 53", arguments: [";size=1", ";edit"])
    func off(parameters: String) async throws {
        let recorder = UploadRecorder()
        try await withServer(responder: recorder) { server in
            let transcript = try await server.answer(to: "titan://localhost/f\(parameters)")
            #expect(transcript.header.hasPrefix("53 "))
            #expect(recorder.state.requests.isEmpty)
        }
    }

    @Test("TI-30, TI-34: a request to edit is a request to read, with a flag")
    func edit() async throws {
        let recorder = UploadRecorder()
        try await withUploads(recorder) { server in
            #expect(try await server.answer(to: "titan://localhost/f;edit").text == "20 text/gemini\r\npage\n")
            let request = try #require(recorder.state.requests.first)
            #expect(request.isEdit && request.upload == nil && request.path == "/f")
        }
    }

    @Test("TI-33: bytes behind a request to edit are 59")
    func editWithBody() async throws {
        let recorder = UploadRecorder()
        try await withUploads(recorder) { server in
            let transcript = try await server.answer(to: Array("titan://localhost/f;edit\r\nx".utf8))
            #expect(transcript.header == "59 A request to edit has no body, and bytes follow this one.")
            #expect(recorder.state.requests.isEmpty)
        }
    }

    @Test("TI-33: also where they come while it is answered; its task is cancelled")
    func editWithLateBody() async throws {
        let gate = Gate()
        let responder = ClosureResponder { _ in
            try await gate.wait()
            return .text("page\n")
        }
        try await withUploads(responder) { server in
            let connection = try await server.connect()
            try await connection.send("titan://localhost/f;edit\r\n")
            await gate.entered()
            try await connection.send("x")
            #expect(try await connection.readToEnd().header.hasPrefix("59 "))
            await gate.cancelled()
        }
    }

    @Test("TI-15: a body with more bytes than it should have is 59", arguments: [1, 5, 20])
    func long(excess: Int) async throws {
        let recorder = UploadRecorder()
        try await withUploads(recorder) { server in
            let connection = try await server.connect()
            try await connection.send("titan://localhost/f;size=10\r\n01234")
            try await connection.send("56789" + String(repeating: "x", count: excess))
            let transcript = try await connection.readToEnd()
            #expect(transcript.header == "59 The upload has more bytes than its size says.")
            #expect(transcript.closeNotify)
            #expect(recorder.state.bodies.isEmpty)
        }
    }

    @Test("TI-15: nobody is asked where the first bytes are too many", arguments: [0, 3])
    func longAtOnce(size: Int) async throws {
        let recorder = UploadRecorder()
        try await withUploads(recorder) { server in
            let transcript = try await server.answer(to: Array("titan://localhost/f;size=\(size)\r\nabcd".utf8))
            #expect(transcript.header == "59 The upload has more bytes than its size says.")
            #expect(recorder.state.requests.isEmpty)
        }
    }

    @Test("A body can be read once, and not after the answer")
    func misuse() async throws {
        let responder = ClosureResponder { request in
            let upload = try #require(request.upload)
            if upload.parameters.token == "late" {
                return .success(.plainText, .stream { _ in _ = try await upload.collect() })
            }
            _ = try await upload.collect()
            _ = try await upload.collect()
            return .text("twice\n")
        }
        try await withUploads(responder) { server in
            let twice = try await server.answer(to: Array("titan://localhost/f;size=3\r\nabc".utf8))
            #expect(twice.header.hasPrefix("40 "))
            let late = try await server.answer(to: Array("titan://localhost/f;size=3;token=late\r\nabc".utf8))
            #expect(late.header == "20 text/plain")
            #expect(!late.closeNotify, "the response broke off")
        }
    }
}
