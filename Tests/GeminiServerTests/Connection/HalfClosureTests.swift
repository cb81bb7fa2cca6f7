import GeminiProtocol
import GeminiServer
import NIOCore
import NIOSSL
import TestSupport
import Testing

/// A client that says with close_notify and FIN, right behind its request, that it will send nothing more.
@Suite("Half-closing clients", .timeLimit(.minutes(10)))
struct HalfClosureTests {
    /// How the body is produced, and whether that takes a change of thread.
    enum Production: String, CaseIterable, Sendable {
        case bytesAtOnce, bytesLater, stream
    }

    struct Case: Sendable, CustomTestStringConvertible {
        var production: Production
        var length: Int
        var version: TLSVersion

        var testDescription: String { "\(self.production), \(self.length) bytes, \(self.version)" }
    }

    static let cases = Production.allCases.flatMap { production in
        [10, 100_000, 8_000_000].flatMap { length in
            [TLSVersion.tlsv12, .tlsv13].map { Case(production: production, length: length, version: $0) }
        }
    }

    static func responder(_ production: Production, _ length: Int) -> any Responder {
        let body = ByteBuffer(repeating: UInt8(ascii: "x"), count: length)
        return .closure { _ in
            switch production {
            case .bytesAtOnce:
                return .success(.octetStream, .bytes(body))
            case .bytesLater:
                await Task.yield()
                return .success(.octetStream, .bytes(body))
            case .stream:
                return .success(
                    .octetStream,
                    .stream { writer in
                        var rest = body
                        while let piece = rest.readSlice(length: min(10_000, rest.readableBytes)),
                            piece.readableBytes > 0
                        {
                            try await writer.write(piece)
                        }
                    }
                )
            }
        }
    }

    static func expectWhole(_ connection: TestConnection, _ length: Int, _ server: TestServer) async throws {
        let transcript = try await connection.readToEnd()
        #expect(transcript.header == "20 application/octet-stream")
        #expect(transcript.body.count == length)
        #expect(transcript.closeNotify, "\(transcript.error ?? "no error")")
        let entry = await server.accessLog.entries(atLeast: 1)[0]
        #expect(entry.isComplete)
        #expect(entry.bytes == transcript.bytes.count)
        #expect(await server.becomesIdle())
    }

    @Test("The whole answer comes to one that closes its side at once", arguments: Self.cases)
    func atOnce(_ test: Case) async throws {
        var tls = TestConnection.TLS()
        tls.versions = test.version...test.version
        try await withServer(responder: Self.responder(test.production, test.length)) { [tls] server in
            let connection = try await server.connect(tls)
            try await connection.send("gemini://localhost/\r\n")
            try await connection.closeOutput()
            try await Self.expectWhole(connection, test.length, server)
        }
    }

    @Test("And to one that closes its side while the answer is on its way", arguments: Self.cases)
    func later(_ test: Case) async throws {
        var tls = TestConnection.TLS()
        tls.versions = test.version...test.version
        try await withServer(responder: Self.responder(test.production, test.length)) { [tls] server in
            let connection = try await server.connect(tls, receiveBuffer: 16_384)
            try await connection.stopReading()
            try await connection.send("gemini://localhost/\r\n")
            // The server may have ended a short answer already.
            try? await connection.closeOutput()
            try? await connection.resumeReading()
            try await Self.expectWhole(connection, test.length, server)
        }
    }

    @Test("And to one that closes with FIN but no close_notify", arguments: [10, 100_000, 8_000_000])
    func finOnly(length: Int) async throws {
        try await withServer(responder: Self.responder(.bytesLater, length)) { server in
            let connection = try await server.connect()
            try await connection.send("gemini://localhost/\r\n")
            try await connection.finishWire()
            try await Self.expectWhole(connection, length, server)
        }
    }

    @Test(
        "GP-012: one that closes its side before the end of its request gets nothing",
        arguments: ["", "gemini://localhost"]
    )
    func early(_ part: String) async throws {
        try await withServer { server in
            let connection = try await server.connect()
            if !part.isEmpty { try await connection.send(part) }
            try? await connection.closeOutput()
            #expect(try await connection.readToEnd().bytes.isEmpty)
            #expect(await server.becomesIdle(within: .seconds(5)))
            #expect(server.accessLog.entries.isEmpty)
        }
    }
}
