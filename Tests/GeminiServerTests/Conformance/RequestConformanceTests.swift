import GeminiServer
import NIOSSL
import TestSupport
import Testing

@Suite("Requests over TLS", .timeLimit(.minutes(10)))
struct RequestConformanceTests {
    /// What holds for every response whatever it says (GP-009, GP-010, GP-070 to GP-078).
    static func expectWellFormed(
        _ transcript: TestConnection.Transcript,
        sourceLocation: SourceLocation = #_sourceLocation
    ) {
        #expect(transcript.closeNotify, "GP-010: no close_notify", sourceLocation: sourceLocation)
        #expect(
            transcript.text.wholeMatch(of: /[1-6][0-9] [^ \t\p{Cc}][^\p{Cc}]*\r\n(?s:.*)/) != nil,
            "GP-070: the header is \(transcript.header)",
            sourceLocation: sourceLocation
        )
        if !transcript.header.hasPrefix("2") {
            #expect(
                transcript.body.isEmpty,
                "GP-078: a body after a status without one",
                sourceLocation: sourceLocation
            )
        }
    }

    static func expect(_ request: RequestCase, _ transcript: TestConnection.Transcript) {
        Self.expectWellFormed(transcript)
        switch request.answer {
        case .status(let status): #expect(transcript.header.hasPrefix("\(status) "))
        case .home: #expect(transcript.text == "20 text/gemini\r\n" + Capsule.home)
        case .exactly(let text): #expect(transcript.text == text)
        }
    }

    @Test("Each request line has its answer", arguments: RequestCase.table)
    func answer(_ request: RequestCase) async throws {
        try await withServer(hosts: [makeHost(Capsule.names, Capsule())]) { server in
            let bytes = request.bytes(port: server.port)
            let transcript = try await server.answer(to: bytes)
            Self.expect(request, transcript)

            let entries = await server.accessLog.entries(atLeast: 1)
            #expect(entries.count == 1)
            #expect(entries[0].requestLine.prefix(1024) == bytes.dropLast(2).prefix(1024))
            #expect(entries[0].requestLine.count <= 1026)
            #expect(entries[0].bytes == transcript.bytes.count)
            #expect(entries[0].isComplete)
        }
    }

    @Test("Each request line has its answer when it comes byte by byte", arguments: RequestCase.table)
    func dribble(_ request: RequestCase) async throws {
        guard request.bytes.count < 200 else { return }
        try await withServer(hosts: [makeHost(Capsule.names, Capsule())]) { server in
            let transcript = try await server.answer(to: request.bytes(port: server.port), inPiecesOf: 1)
            Self.expect(request, transcript)
        }
    }

    @Test(
        "GP-002: a request in any two pieces, by each version of TLS",
        arguments: [TLSVersion.tlsv12, .tlsv13]
    )
    func fragments(version: TLSVersion) async throws {
        let request = Array("gemini://localhost/echo?q\r\n".utf8)
        var tls = TestConnection.TLS()
        tls.versions = version...version
        try await withServer(hosts: [makeHost(Capsule.names, Capsule())]) { [tls] server in
            for split in 0...request.count {
                let connection = try await server.connect(tls)
                if split > 0 { try await connection.send(request.prefix(split)) }
                if split < request.count { try await connection.send(request.dropFirst(split)) }
                let transcript = try await connection.readToEnd()
                #expect(transcript.text == "20 text/plain\r\n/echo /echo <q>\n", "split at \(split)")
                #expect(transcript.closeNotify)
                await connection.close()
            }
        }
    }

    @Test("GP-042: the longest line in any pieces", arguments: [1, 7, 512, 1023, 1024, 1025])
    func longest(pieceSize: Int) async throws {
        let url = "gemini://localhost/" + String(repeating: "0", count: 1024 - 19)
        try await withServer(hosts: [makeHost(Capsule.names, Capsule())]) { server in
            let longest = try await server.answer(to: url, inPiecesOf: pieceSize)
            #expect(longest.header == "51 Not found")
            let tooLong = try await server.answer(to: url + "0", inPiecesOf: pieceSize)
            #expect(tooLong.header.hasPrefix("59 "))
        }
    }

    @Test("GP-043: a line without an end is answered before the end of 100 kB")
    func endless() async throws {
        try await withServer(hosts: [makeHost(Capsule.names, Capsule())]) { server in
            let connection = try await server.connect()
            try await connection.send(String(repeating: "x", count: 100_000))
            let transcript = try await connection.readToEnd()
            Self.expectWellFormed(transcript)
            #expect(transcript.header.hasPrefix("59 "))
            let entries = await server.accessLog.entries(atLeast: 1)
            #expect(entries[0].requestLine.count <= 1026)
        }
    }

    @Test("GP-043: 1,024 bytes without a CRLF are waited for, two more are not")
    func undecided() async throws {
        var limits = Limits()
        limits.requestTimeout = .seconds(60)
        try await withServer(hosts: [makeHost(Capsule.names, Capsule())], limits: limits) { server in
            let connection = try await server.connect()
            try await connection.send(String(repeating: "x", count: 1024))
            try await connection.send("\r")
            #expect(connection.transcript.bytes.isEmpty)
            try await connection.send("x")
            let transcript = try await connection.readToEnd()
            #expect(transcript.header.hasPrefix("59 "))
        }
    }

    @Test("GP-022: an empty path and a slash have the same bytes")
    func emptyPath() async throws {
        try await withServer(hosts: [makeHost(Capsule.names, Capsule())]) { server in
            let empty = try await server.answer(to: "gemini://localhost")
            let slash = try await server.answer(to: "gemini://localhost/")
            #expect(empty.bytes == slash.bytes)
            #expect(empty.header.hasPrefix("20 "))
        }
    }
}
