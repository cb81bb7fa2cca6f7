import GeminiProtocol
import GeminiServer
import Logging
import NIOCore
import NIOSSL
import TestSupport
import Testing

@Suite("TLS handshakes", .timeLimit(.minutes(10)))
struct HandshakeTests {
    @Test("GP-002: TLS 1.2 and 1.3 are spoken", arguments: [TLSVersion.tlsv12, .tlsv13])
    func versions(version: TLSVersion) async throws {
        var tls = TestConnection.TLS()
        tls.versions = version...version
        let responder = Recorder()
        try await withServer(responder: responder) { [tls] server in
            let connection = try await server.connect(tls)
            #expect(try await connection.tlsVersion() == version)
            try await connection.send("gemini://localhost/\r\n")
            let transcript = try await connection.readToEnd()
            #expect(transcript.header == "20 text/plain")
            #expect(transcript.closeNotify)

            let session = try #require(responder.requests.first?.tls)
            #expect(session.version == (version == .tlsv12 ? .v1_2 : .v1_3))
            #expect(session.version.rawValue == (version == .tlsv12 ? "TLSv1.2" : "TLSv1.3"))
            #expect(session.serverName == "localhost")
            let suite = try #require(session.cipherSuite)
            let offered: Set<UInt16> =
                version == .tlsv12 ? [0xC02B, 0xC02C, 0xCCA9, 0xC009, 0xC00A] : [0x1301, 0x1302, 0x1303]
            #expect(offered.contains(suite.code), "\(suite)")
            #expect(!suite.description.hasPrefix("0x"), "\(suite)")
        }
    }

    @Test("GP-002: TLS 1.1 and older are not", arguments: [TLSVersion.tlsv1, .tlsv11])
    func oldVersions(version: TLSVersion) async throws {
        var tls = TestConnection.TLS()
        tls.versions = version...version
        try await withServer { [tls] server in
            await #expect(throws: (any Error).self) { try await server.connect(tls) }
            #expect(await server.becomesIdle())
            #expect(server.log.contains("The TLS handshake failed"))
            #expect(server.log.messages.allSatisfy { $0.level <= .debug })
            #expect(server.accessLog.entries.isEmpty)
        }
    }

    @Test("A ServerHello after a HelloRetryRequest has its suite read too")
    func retry() async throws {
        var configuration = TLSConfiguration.makeClientConfiguration()
        configuration.certificateVerification = .none
        // A key share that the server does not want first, so that it asks for another.
        configuration.curves = [.secp521r1, .secp384r1]
        let context = try NIOSSLContext(configuration: configuration)
        let responder = Recorder()
        try await withServer(responder: responder) { server in
            let connection = try await TestConnection.connect(
                to: server.address,
                context: context,
                serverName: "localhost"
            )
            try await connection.send("gemini://localhost/\r\n")
            #expect(try await connection.readToEnd().header == "20 text/plain")
            #expect(responder.requests.first?.tls?.cipherSuite != nil)
            await connection.close()
        }
    }

    /// What a peer may send first that is no TLS.
    struct Opening: Sendable, CustomTestStringConvertible {
        var testDescription: String
        var bytes: [UInt8]

        init(_ description: String, _ bytes: [UInt8]) {
            self.testDescription = description
            self.bytes = bytes
        }

        /// A handshake record with this content.
        static func record(_ content: [UInt8]) -> [UInt8] {
            [22, 3, 1, UInt8(content.count >> 8), UInt8(content.count & 0xFF)] + content
        }
    }

    static let openings = [
        Opening("a request in plaintext", Array("gemini://localhost/\r\n".utf8)),
        Opening("one byte of it", Array("g".utf8)),
        Opening("HTTP", Array("GET / HTTP/1.1\r\nHost: localhost\r\n\r\n".utf8)),
        Opening("SSH", Array("SSH-2.0-OpenSSH_9.6\r\n".utf8)),
        Opening("a PROXY header", Array("PROXY TCP4 192.0.2.1 192.0.2.2 1 2\r\n".utf8)),
        Opening("zeros", Array(repeating: 0, count: 4096)),
        Opening("a CRLF", [0x0D, 0x0A]),
        Opening("an alert", [21, 3, 3, 0, 2, 2, 40]),
        Opening("application data", [23, 3, 3, 0, 5, 1, 2, 3, 4, 5]),
        Opening("an SSL 2 hello", [0x80, 0x2E, 1, 3, 1, 0, 0x15, 0, 0, 0, 0x10]),
        Opening("a handshake that is no ClientHello", Opening.record([2, 0, 0, 2, 3, 3])),
        Opening("an empty record", [22, 3, 1, 0, 0]),
        Opening("a record that is too long", [22, 3, 1, 0xFF, 0xFF, 1]),
        Opening("a hello that is too long", Opening.record([1, 0xFF, 0xFF, 0xFF, 3, 3])),
        Opening("a hello that is cut off inside", Opening.record([1, 0, 0, 4, 3, 3, 0, 0])),
        Opening(
            "a hello of noise",
            Opening.record([1, 0, 0, 200] + (0..<200).map { UInt8(truncatingIfNeeded: $0 &* 167 &+ 13) })
        ),
        Opening("64 kB of noise", (0..<65_536).map { UInt8(truncatingIfNeeded: $0 &* 31 &+ $0 >> 5 &+ 40) }),
    ]

    @Test("GP-003: what is no TLS gets zero bytes and an end", arguments: Self.openings)
    func garbage(_ opening: Opening) async throws {
        try await withServer { server in
            let connection = try await server.connect(nil)
            try? await connection.send(opening.bytes)
            let transcript = try await connection.readToEnd()
            #expect(transcript.bytes.isEmpty)
            #expect(await server.becomesIdle())
            #expect(server.accessLog.entries.isEmpty)
            // Others are served as if nothing had been.
            let answer = try await server.answer(to: "gemini://localhost/")
            #expect(answer.header == "20 text/gemini")
        }
    }

    @Test("GP-003: nothing at all, and then FIN, gets the same")
    func silence() async throws {
        try await withServer { server in
            let connection = try await server.connect(nil)
            try await connection.closeOutput()
            #expect(try await connection.readToEnd().bytes.isEmpty)
            #expect(await server.becomesIdle())
        }
    }

    @Test(
        "A handshake in small packets is one all the same",
        arguments: [(TLSVersion.tlsv12, 1), (.tlsv12, 7), (.tlsv13, 1), (.tlsv13, 5), (.tlsv13, 100)]
    )
    func fragmented(version: TLSVersion, packetSize: Int) async throws {
        var tls = TestConnection.TLS()
        tls.versions = version...version
        let responder = Recorder()
        try await withServer(responder: responder) { [tls] server in
            let connection = try await server.connect(tls, packetSize: packetSize)
            try await connection.send("gemini://localhost/\r\n")
            let transcript = try await connection.readToEnd()
            #expect(transcript.text == "20 text/plain\r\n/\n")
            #expect(transcript.closeNotify)
            #expect(responder.requests.first?.tls?.serverName == "localhost")
        }
    }

    @Test(
        "GP-012: a client that leaves in the middle of the handshake is noted at debug only",
        arguments: [1, 5, 60, 200]
    )
    func leaving(after count: Int) async throws {
        try await withServer { server in
            let connection = try await server.connect(nil)
            // The beginning of a ClientHello, as long as it is said to be.
            let hello = Opening.record([1, 0, 0, 250, 3, 3] + Array(repeating: 0x55, count: 248))
            try await connection.send(hello.prefix(count))
            await connection.drop()
            #expect(await server.becomesIdle())
            #expect(server.log.messages.allSatisfy { $0.level <= .debug })
        }
    }
}
