import GeminiProtocol
import GeminiServer
import Logging
import NIOCore
import TestSupport
import Testing

@Suite("A listener behind a proxy", .timeLimit(.minutes(10)))
struct ProxiedListenerTests {
    typealias Bytes = ProxyHeaderBytes

    static let line = Array("PROXY TCP4 192.0.2.1 198.51.100.2 56324 1965\r\n".utf8)

    private func withProxied(
        _ trusted: [AddressRange] = ["127.0.0.1"],
        responder: any Responder = Recorder(),
        limits: Limits = Limits(),
        change: (inout ListenerConfiguration) -> Void = { _ in },
        configure: (inout ServerConfiguration) -> Void = { _ in },
        _ body: (TestServer) async throws -> Void
    ) async throws {
        var listener = ListenerConfiguration(ListenAddress(host: "127.0.0.1", port: 0))
        listener.proxyProtocol = ProxyProtocol(trustedSources: trusted)
        change(&listener)
        try await withServer(
            responder: responder,
            limits: limits,
            configure: { [listener] in
                $0.listeners = [listener]
                configure(&$0)
            },
            body
        )
    }

    private static func header(_ server: TestServer, _ prelude: [UInt8], _ url: String) async throws -> String {
        let connection = try await server.connect(after: prelude)
        try await connection.send("\(url)\r\n")
        let transcript = try await connection.readToEnd()
        await connection.close()
        return transcript.header
    }

    /// What a visitor gets for these bytes and nothing else.
    private static func answer(_ server: TestServer, _ bytes: [UInt8]) async throws -> TestConnection.Transcript {
        let connection = try await server.connect(nil)
        // It may be closed already.
        try? await connection.send(bytes)
        return try await connection.readToEnd()
    }

    @Test(
        "PP-02, PP-23: the visitor's address is the connection's, by either version, in one packet with the ClientHello",
        arguments: [
            (Self.line, "192.0.2.1", "198.51.100.2"),
            (Array("PROXY TCP6 2001:db8::1 2001:db8::2 56324 1965\r\n".utf8), "2001:db8::1", "2001:db8::2"),
            (Bytes.header(0x11, Bytes.ipv4), "192.0.2.1", "198.51.100.2"),
            (
                Bytes.header(0x21, Bytes.ipv6 + Bytes.field(0x02, Array("localhost".utf8))), "2001:db8::1",
                "2001:db8::2"
            ),
        ]
    )
    func addresses(prelude: [UInt8], source: String, destination: String) async throws {
        let recorder = Recorder()
        try await self.withProxied(responder: recorder) { server async throws in
            #expect(try await Self.header(server, prelude, "gemini://localhost/") == "20 text/plain")
            #expect(recorder.requests[0].remoteAddress?.ipAddress == source)
            #expect(recorder.requests[0].remoteAddress?.port == 56324)
            #expect(recorder.requests[0].localAddress?.ipAddress == destination)
            #expect(recorder.requests[0].localAddress?.port == 1965)
            #expect(recorder.requests[0].tls?.serverName == "localhost")
            #expect(await server.accessLog.entries(atLeast: 1)[0].remoteAddress?.ipAddress == source)
        }
    }

    @Test("PP-02: byte by byte, header and handshake")
    func byteByByte() async throws {
        let recorder = Recorder()
        try await self.withProxied(responder: recorder) { server async throws in
            for prelude in [Self.line, Bytes.header(0x11, Bytes.ipv4 + Bytes.field(0xEE, [1, 2, 3]))] {
                let connection = try await server.connect(packetSize: 1, after: prelude)
                try await connection.send("gemini://localhost/\r\n")
                #expect(try await connection.readToEnd().header == "20 text/plain")
                await connection.close()
            }
            #expect(recorder.requests.map { $0.remoteAddress?.ipAddress } == ["192.0.2.1", "192.0.2.1"])
        }
    }

    @Test(
        "PP-11, PP-21: where the header tells no visitor, the connection's own address stands",
        arguments: [
            Array("PROXY UNKNOWN\r\n".utf8), Array("PROXY UNKNOWN ffff::1 ffff::2 1 2\r\n".utf8),
            Bytes.header(0x00, [], command: 0x20), Bytes.header(0x11, [UInt8](repeating: 9, count: 20), command: 0x20),
            Bytes.header(0x00, []), Bytes.header(0x31, [UInt8](repeating: 9, count: 216)),
        ]
    )
    func noVisitor(prelude: [UInt8]) async throws {
        let recorder = Recorder()
        try await self.withProxied(responder: recorder) { server async throws in
            #expect(try await Self.header(server, prelude, "gemini://localhost/") == "20 text/plain")
            #expect(recorder.requests[0].remoteAddress?.ipAddress == "127.0.0.1")
            #expect(recorder.requests[0].localAddress == server.address)
        }
    }

    @Test(
        "PP-01: without a valid header the connection is closed before TLS, with no byte",
        arguments: [
            [0x16, 3, 1, 2, 0], Array("gemini://localhost/\r\n".utf8), Array("PROXY TCP4 ::1 ::1 1 2\r\n".utf8),
            Bytes.header(0x11, Bytes.ipv4 + [2]), Bytes.header(0x11, Bytes.ipv4 + Bytes.field(3, [1, 2, 3, 4])),
        ]
    )
    func noHeader(bytes: [UInt8]) async throws {
        try await self.withProxied { server async throws in
            let transcript = try await Self.answer(server, bytes)
            #expect(transcript.bytes.isEmpty && transcript.ended)
            #expect(await server.becomesIdle())
            #expect(server.log.contains("its listener wants the PROXY protocol, and what came first was "))
            #expect(server.log.messages.contains { "\($0.metadata)".contains("127.0.0.1") })
            #expect(server.accessLog.entries.isEmpty)

            // Once a minute.
            _ = try await Self.answer(server, bytes)
            #expect(server.log.messages.filter { $0.level == .warning }.count == 1)
        }
    }

    @Test("PP-01: an untrusted source is closed with no byte, whatever it sends, and the operator hears of it")
    func untrusted() async throws {
        try await self.withProxied(["127.0.0.9", "::1", "10.0.0.0/8"]) { server async throws in
            #expect(try await Self.answer(server, Self.line).bytes.isEmpty)
            #expect(server.log.contains("none of the trusted sources"))
            #expect(server.running.connectionCount == 0)

            let trusted = try await TestConnection.connect(
                to: server.address,
                from: SocketAddress(ipAddress: "127.0.0.9", port: 0),
                after: Self.line
            )
            try await trusted.send("gemini://localhost/\r\n")
            #expect(try await trusted.readToEnd().header == "20 text/plain")
            await trusted.close()
        }
        try await self.withProxied([]) { server async throws in
            #expect(try await Self.answer(server, Self.line).bytes.isEmpty)
        }
        #expect(ProxyProtocol().trustedSources == ["127.0.0.0/8", "::1"])
    }

    @Test("PP-01, GP-003: a listener without it never guesses", arguments: [Self.line, Bytes.header(0x11, Bytes.ipv4)])
    func off(prelude: [UInt8]) async throws {
        try await withServer { server async throws in
            let transcript = try await Self.answer(server, prelude)
            #expect(transcript.bytes.isEmpty && transcript.ended)
            #expect(await server.becomesIdle())
            #expect(server.log.contains("The client speaks no TLS."))
        }
    }

    @Test("PP-02: header and handshake share one deadline", arguments: [[], Array("PROXY TCP4 ".utf8), Self.line])
    func deadline(part: [UInt8]) async throws {
        var limits = Limits()
        limits.handshakeTimeout = .milliseconds(300)
        try await self.withProxied(limits: limits) { server async throws in
            let connection = try await server.connect(nil)
            if !part.isEmpty { try await connection.send(part) }
            let transcript = try await connection.readToEnd()
            #expect(transcript.bytes.isEmpty && transcript.ended)
            #expect(server.log.contains(part == Self.line ? "No TLS handshake in time." : "No PROXY header in time."))
            #expect(await server.becomesIdle())
        }
    }

    @Test("PP-02: a proxy that only looks whether somebody listens is no reason for a warning")
    func healthCheck() async throws {
        try await self.withProxied { server async throws in
            let connection = try await server.connect(nil)
            #expect(await eventually { server.running.connectionCount == 1 })
            await connection.drop()
            #expect(await server.becomesIdle())
            #expect(!server.log.messages.contains { $0.level >= .warning })
            #expect(server.log.contains("The proxy left before the end of its header."))
        }
    }

    @Test("Connections count for the visitor, not for the proxy")
    func census() async throws {
        var limits = Limits()
        limits.maximumConnectionsPerAddress = 2
        try await self.withProxied(limits: limits) { server async throws in
            func visitor(_ number: Int) -> [UInt8] {
                Array("PROXY TCP4 192.0.2.\(number) 198.51.100.2 56324 1965\r\n".utf8)
            }
            var connections: [TestConnection] = []
            for number in [1, 1, 2, 2, 3] {
                connections.append(try await server.connect(after: visitor(number)))
            }
            for _ in 0..<4 { connections.append(try await server.connect(after: Array("PROXY UNKNOWN\r\n".utf8))) }
            #expect(server.running.connectionCount == 9)

            #expect(try await Self.answer(server, visitor(1)).bytes.isEmpty)
            #expect(server.log.contains("as many as one address may have at once, 2,"))
            #expect(server.log.messages.contains { "\($0.metadata)".contains("192.0.2.1") })

            await connections[0].drop()
            #expect(await eventually { server.running.connectionCount == 8 })
            connections.append(try await server.connect(after: visitor(1)))
            for connection in connections { await connection.drop() }
            #expect(await server.becomesIdle())
        }
    }

    @Test("GP-056: the port that counts is the one that the visitor connected to")
    func port() async throws {
        try await self.withProxied { server async throws in
            #expect(try await Self.header(server, Self.line, "gemini://localhost:1965/") == "20 text/plain")
            #expect(try await Self.header(server, Self.line, "gemini://localhost:\(server.port)/").hasPrefix("53 "))
            let unknown = Array("PROXY UNKNOWN\r\n".utf8)
            #expect(
                try await Self.header(server, unknown, "gemini://localhost:\(server.port)/") == "20 text/plain"
            )
        }
    }

    @Test("Rules for addresses and the admission judge the visitor, when it is known")
    func admission() async throws {
        let admission = RecordingAdmission { $0?.ipAddress != "192.0.2.66" }
        try await self.withProxied {
            $0.allowedAddresses = AddressRules(allowed: ["192.0.2.0/24", "127.0.0.1"], denied: ["192.0.2.7"])
        } configure: {
            $0.admission = admission
        } _: { server async throws in
            #expect(try await Self.header(server, Self.line, "gemini://localhost/") == "20 text/plain")
            for refused in ["192.0.2.7", "198.51.100.1", "192.0.2.66"] {
                let line = Array("PROXY TCP4 \(refused) 198.51.100.2 56324 1965\r\n".utf8)
                #expect(try await Self.answer(server, line).bytes.isEmpty)
            }
            #expect(await server.becomesIdle())
            #expect(admission.asked.map { $0?.ipAddress } == ["192.0.2.1", "192.0.2.66"])
        }
    }

    @Test("In the clear, the name that the proxy tells is the one that the visitor asked for")
    func clear() async throws {
        let hosts = [try makeHost(["localhost"], Recorder()), try makeHost(["other.example"], Recorder())]
        var listener = ListenerConfiguration(ListenAddress(host: "127.0.0.1", port: 0))
        listener.proxyProtocol = ProxyProtocol()
        listener.tls = false
        try await withServer(hosts: hosts) { [listener] in
            $0.listeners = [listener]
        } _: { server async throws in
            let header = Bytes.header(0x11, Bytes.ipv4 + Bytes.field(0x02, Array("localhost".utf8)))
            for (url, status) in [("gemini://localhost/", "20"), ("gemini://other.example/", "53")] {
                let transcript = try await Self.answer(server, header + Array("\(url)\r\n".utf8))
                #expect(transcript.header.hasPrefix(status), "\(transcript)")
            }
            #expect(server.accessLog.entries.allSatisfy { $0.remoteAddress?.ipAddress == "192.0.2.1" })
        }
    }
}
