import GeminiProtocol
import GeminiServer
import NIOCore
import TestSupport
import Testing

/// For tunnels and onion services.
@Suite("A listener without TLS", .timeLimit(.minutes(10)))
struct PlainListenerTests {
    private func withPlain(
        responder: any Responder = Recorder(),
        limits: Limits = Limits(),
        _ body: (TestServer) async throws -> Void
    ) async throws {
        try await withServer(responder: responder, limits: limits, configure: { $0.listeners[0].tls = false }, body)
    }

    @Test("Request and response in the clear, and FIN at the end", arguments: [nil, 1])
    func exchange(packetSize: Int?) async throws {
        let recorder = Recorder()
        try await self.withPlain(responder: recorder) { server async throws in
            let connection = try await server.connect(nil)
            try await connection.send("gemini://localhost/page\r\n", inPiecesOf: packetSize)
            let transcript = try await connection.readToEnd()
            #expect(transcript.text == "20 text/plain\r\n/page\n")
            #expect(try await connection.readToEndOfWire() == .finished)
            await connection.close()
            #expect(await server.becomesIdle())

            let request = recorder.requests[0]
            #expect(request.tls == nil && request.clientCertificate == nil)
            #expect(request.remoteAddress?.ipAddress == "127.0.0.1")
            let entry = await server.accessLog.entries(atLeast: 1)[0]
            #expect(entry.isComplete && entry.bytes == transcript.bytes.count)
        }
    }

    @Test("Malformed requests get their 59, and a ClientHello too")
    func malformed() async throws {
        try await self.withPlain { server async throws in
            for bytes in [Array("gemini://localhost\n\r\n".utf8), [0x16, 3, 1, 0, 1, 0x0D, 0x0A]] {
                let connection = try await server.connect(nil)
                try await connection.send(bytes)
                #expect(try await connection.readToEnd().header.hasPrefix("59 "))
                await connection.close()
            }
        }
    }

    @Test(
        "The whole answer to one that closes its side behind the request",
        arguments: HalfClosureTests.Production.allCases,
        [10, 8_000_000]
    )
    func halfClosure(_ production: HalfClosureTests.Production, length: Int) async throws {
        try await self.withPlain(responder: HalfClosureTests.responder(production, length)) { server async throws in
            for isHeld in [false, true] {
                let connection = try await server.connect(nil, receiveBuffer: isHeld ? 16_384 : nil)
                if isHeld { try await connection.stopReading() }
                try await connection.send("gemini://localhost/\r\n")
                try? await connection.closeOutput()
                if isHeld { try? await connection.resumeReading() }
                let transcript = try await connection.readToEnd()
                #expect(transcript.header == "20 application/octet-stream")
                #expect(transcript.body.count == length)
            }
            #expect(await server.accessLog.entries(atLeast: 2).allSatisfy(\.isComplete))
            #expect(await server.becomesIdle())
        }
    }

    @Test("A client that leaves in the middle of its request gets nothing")
    func early() async throws {
        try await self.withPlain { server async throws in
            let connection = try await server.connect(nil)
            try await connection.send("gemini://localhost")
            try await connection.closeOutput()
            #expect(try await connection.readToEnd().bytes.isEmpty)
            #expect(await server.becomesIdle())
        }
    }

    @Test("The time for the request counts from the connection", arguments: ["", "gemini://local"])
    func requestTimeout(part: String) async throws {
        var limits = Limits()
        limits.requestTimeout = .milliseconds(300)
        try await self.withPlain(limits: limits) { server async throws in
            let connection = try await server.connect(nil)
            if !part.isEmpty { try await connection.send(part) }
            #expect(try await connection.readToEnd().bytes.isEmpty)
            #expect(await server.becomesIdle())
            #expect(server.log.contains("No request in time."))
        }
    }

    @Test("GP-053: what comes behind the request is drained, so that nothing resets the response")
    func linger() async throws {
        try await self.withPlain { server async throws in
            let connection = try await server.connect(nil)
            try await connection.send("gemini://localhost/\r\n" + String(repeating: "x", count: 100_000))
            #expect(try await connection.readToEnd().text == "20 text/plain\r\n/\n")
            #expect(try await connection.readToEndOfWire() == .finished)
            #expect(server.running.connectionCount == 1)
            // Nobody closes on the client's side: the linger is over some time.
            #expect(await server.becomesIdle())
        }
    }

    @Test("GP-011: a response that breaks off is a reset, since there is no close_notify to be missing")
    func brokenOff() async throws {
        struct Failure: Error {}
        let responder: any Responder = .closure { _ in
            .success(
                .octetStream,
                .stream { writer in
                    try await writer.write(ByteBuffer(repeating: 0x78, count: 1000))
                    throw Failure()
                }
            )
        }
        try await self.withPlain(responder: responder) { server async throws in
            let connection = try await server.connect(nil)
            try await connection.send("gemini://localhost/\r\n")
            #expect(try await connection.readToEndOfWire() == .reset)
            #expect(await server.accessLog.entries(atLeast: 1)[0].isComplete == false)
        }
    }

    @Test("A client that takes nothing is cut off")
    func stall() async throws {
        var limits = Limits()
        limits.stallTimeout = .milliseconds(500)
        let body = ByteBuffer(repeating: 0x78, count: 32_000_000)
        try await self.withPlain(responder: .closure { _ in .success(.octetStream, .bytes(body)) }, limits: limits) {
            server in
            let connection = try await server.connect(nil, receiveBuffer: 16_384)
            try await connection.stopReading()
            try await connection.send("gemini://localhost/\r\n")
            #expect(await server.accessLog.entries(atLeast: 1)[0].isComplete == false)
            #expect(await server.becomesIdle())
            #expect(server.log.contains("The client takes no bytes."))
        }
    }

    @Test("TI-12: a Titan upload in the clear")
    func upload() async throws {
        var host = try makeHost(
            ["localhost"],
            .closure { request in
                let body = try await request.upload?.collect() ?? ByteBuffer()
                return .text("\(body.readableBytes)\n")
            }
        )
        host.acceptsUploads = true
        try await withServer(hosts: [host]) {
            $0.listeners[0].tls = false
        } _: { server async throws in
            let connection = try await server.connect(nil)
            try await connection.send("titan://localhost/x;size=200000;mime=text/plain\r\n")
            try await connection.send(String(repeating: "x", count: 200_000))
            #expect(try await connection.readToEnd().text == "20 text/plain\r\n200000\n")
        }
    }
}
