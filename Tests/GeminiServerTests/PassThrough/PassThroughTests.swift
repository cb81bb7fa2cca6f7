import GeminiProtocol
import GeminiServer
import GeminiTLS
import NIOCore
import NIOSSL
import TestSupport
import Testing

@Suite("Hosts that are passed through", .timeLimit(.minutes(10)))
struct PassThroughTests {
    static var tls: TestConnection.TLS {
        var tls = TestConnection.TLS()
        tls.serverName = "astro.example"
        return tls
    }

    /// A server that passes `astro.example` through to a scripted back end, and serves `localhost` itself.
    func withBackEnd(
        isPlain: Bool = false,
        limits: Limits = Limits(),
        _ change: (inout PassThroughHost) -> Void = { _ in },
        script: @escaping ScriptedServer.Script,
        _ body: (TestServer, ScriptedServer) async throws -> Void
    ) async throws {
        try await withScriptedServer(
            tls: isPlain ? nil : ScriptedServer.TLS(names: ["astro.example"]),
            isPlain: isPlain,
            script
        ) { backEnd async throws in
            var host = PassThroughHost(
                names: [try Host("Astro.Example.")],
                to: PassThroughHost.BackEnd(host: "127.0.0.1", port: backEnd.port)
            )
            change(&host)
            try await withServer(limits: limits, configure: { $0.passThrough = [host] }) { server in
                try await body(server, backEnd)
            }
        }
    }

    static func freePort() async throws -> Int {
        try await withScriptedServer(isPlain: true) { _ in
        } _: {
            $0.port
        }
    }

    @Test(
        "GP-188: TLS ends at the back end, which sees the visitor's own certificate",
        arguments: [TLSVersion.tlsv12, .tlsv13]
    )
    func certificate(_ version: TLSVersion) async throws {
        let identity = try TestIdentity(.p256)
        var tls = try identity.tls(versions: version...version)
        tls.serverName = "astro.example"
        try await self.withBackEnd {
            try await $0.answer("20 text/plain\r\nfrom behind")
        } _: { [tls] server, backEnd async throws in
            let connection = try await server.connect(tls)
            #expect(try await connection.serverCertificate()?.toDERBytes() == backEnd.identity?.leaf.der)
            try await connection.send("gemini://astro.example/x\r\n")
            let transcript = try await connection.readToEnd()
            #expect(transcript.text == "20 text/plain\r\nfrom behind")
            #expect(transcript.closeNotify)
            #expect(try backEnd.visits[0].certificate?.toDERBytes() == identity.der)
            #expect(backEnd.requests == ["gemini://astro.example/x"])
            await connection.close()
            #expect(await server.becomesIdle())
            #expect(await backEnd.becomesIdle())

            let entry = await server.accessLog.entries(atLeast: 1)[0]
            #expect(String(decoding: entry.requestLine, as: UTF8.self) == "tls://astro.example")
            #expect(entry.host?.description == "astro.example")
            #expect(entry.port == server.port)
            #expect(entry.header == nil)
            #expect(entry.bytes > 27)
            #expect(entry.isComplete)
            #expect(try await server.answer(to: "gemini://localhost/").body == Array("# Hello\n".utf8))
            #expect(backEnd.visits.count == 1)
        }
    }

    @Test("PP-02, PP-24: where it is asked for, the back end gets the PROXY header and then the hello as it came")
    func proxyHeader() async throws {
        try await self.withBackEnd(isPlain: true) {
            $0.proxyHeader = .v1
        } script: { _ async throws in
        } _: { server, backEnd async throws in
            let connection = try await server.connect(nil)
            let hello = try Self.hello
            try await connection.send(hello, inPiecesOf: 50)
            let address = try #require(connection.channel.localAddress?.port)
            let expected = Array("PROXY TCP4 127.0.0.1 127.0.0.1 \(address) \(server.port)\r\n".utf8) + hello
            let visit = await backEnd.visits(atLeast: 1)[0]
            #expect(try await visit.connection.read(atLeast: expected.count).bytes == expected)
            await connection.drop()
            #expect(await backEnd.becomesIdle())
        }
    }

    @Test("PP-02, PP-24: behind a proxy itself, it passes on what that has told of the visitor")
    func proxied() async throws {
        try await withScriptedServer(isPlain: true) { _ async throws in
        } _: { backEnd async throws in
            let host = PassThroughHost(
                names: [try Host("astro.example")],
                to: PassThroughHost.BackEnd(host: "127.0.0.1", port: backEnd.port),
                proxyHeader: .v1
            )
            try await withServer {
                $0.passThrough = [host]
                $0.listeners[0].proxyProtocol = ProxyProtocol()
            } _: { server async throws in
                let connection = try await server.connect(nil)
                let expected = try ProxiedListenerTests.line + Self.hello
                try await connection.send(expected)
                let visit = await backEnd.visits(atLeast: 1)[0]
                #expect(try await visit.connection.read(atLeast: expected.count).bytes == expected)
                await connection.drop()
                #expect(await server.accessLog.entries(atLeast: 1)[0].remoteAddress?.ipAddress == "192.0.2.1")
                #expect(await backEnd.becomesIdle())
            }
        }
    }

    /// A ClientHello for `astro.example`, and no more.
    static var hello: [UInt8] {
        get throws {
            var name: [UInt8] = Array("astro.example".utf8)
            name = [0, UInt8(name.count + 3), 0, 0, UInt8(name.count)] + name
            let sni: [UInt8] = [0, 0, 0, UInt8(name.count)] + name
            var body: [UInt8] = [3, 3] + [UInt8](repeating: 7, count: 32) + [0, 0, 2, 0x13, 0x01, 1, 0]
            body += [0, UInt8(sni.count)] + sni
            let handshake: [UInt8] = [1, 0, 0, UInt8(body.count)] + body
            return [0x16, 3, 1, 0, UInt8(handshake.count)] + handshake
        }
    }

    @Test("Either side may end its half first, and what the other still says arrives", arguments: [true, false])
    func halfClosure(visitorFirst: Bool) async throws {
        try await self.withBackEnd(isPlain: true) { visit in
            if !visitorFirst {
                try await visit.send("early")
                try await visit.connection.finishWire()
            }
            let received = try await visit.connection.readToEnd()
            if visitorFirst {
                try await visit.send("late \(received.bytes.count)")
                try await visit.connection.finishWire()
            }
        } _: { server, backEnd async throws in
            let hello = try Self.hello
            let connection = try await server.connect(nil)
            try await connection.send(hello)
            if visitorFirst {
                try await connection.finishWire()
                #expect(try await connection.readToEnd().text == "late \(hello.count)")
            } else {
                #expect(try await connection.readToEnd().text == "early")
                try await connection.send("more")
                try await connection.finishWire()
                let visit = backEnd.visits[0]
                #expect(await eventually { visit.received.bytes == hello + Array("more".utf8) })
            }
            #expect(await server.becomesIdle(within: .seconds(5)))
            #expect(await server.accessLog.entries(atLeast: 1)[0].isComplete)
        }
    }

    @Test("A back end that is not there closes the connection with no byte sent, and the log names it")
    func dead() async throws {
        let port = try await Self.freePort()
        let host = PassThroughHost(names: [try Host("astro.example")], to: .init(host: "127.0.0.1", port: port))
        let configure = { (configuration: inout ServerConfiguration) in configuration.passThrough = [host] }
        try await withServer(configure: configure) { server async throws in
            let connection = try await server.connect(nil)
            try await connection.send(try Self.hello)
            #expect(try await connection.readToEnd().bytes.isEmpty)
            #expect(server.log.contains("The server at 127.0.0.1:\(port)"))
            #expect(await server.becomesIdle())
            #expect(await server.accessLog.entries(atLeast: 1)[0].isComplete == false)
        }
    }

    @Test("A connection that comes back to the server that passed it through is closed there, and the log says so once")
    func loop() async throws {
        try await withServer { server async throws in
            let name = try Host("astro.example")
            var configuration = ServerConfiguration(
                addresses: [ListenAddress(host: "127.0.0.1", port: 0)],
                hosts: [try makeHost(["localhost"], .closure { _ in .text("here") })]
            )
            configuration.logger = server.log.logger
            configuration.passThrough = [
                PassThroughHost(names: [name], to: .init(host: "127.0.0.1", port: server.port))
            ]
            try await server.running.reload(configuration)
            for _ in 0..<2 {
                let connection = try await server.connect(nil)
                try await connection.send(try Self.hello)
                #expect(try await connection.readToEnd().bytes.isEmpty)
                await connection.drop()
            }
            #expect(await server.becomesIdle())
            #expect(server.log.messages.count { $0.text.contains("came back to this server") } == 1)
        }
    }

    @Test("When either side breaks off, so does the other", arguments: [true, false])
    func broken(byVisitor: Bool) async throws {
        try await self.withBackEnd(isPlain: true) { visit in
            try await visit.send("x")
            if byVisitor { try await visit.clientLeft() }
            _ = try await visit.connection.read(atLeast: Self.hello.count + 1)
            await visit.connection.reset()
        } _: { server, backEnd async throws in
            let connection = try await server.connect(nil)
            try await connection.send(try Self.hello)
            _ = try await connection.read(atLeast: 1)
            if byVisitor {
                await connection.reset()
            } else {
                try await connection.send("y")
                _ = try await connection.readToEnd()
                await connection.drop()
            }
            #expect(await server.becomesIdle(within: .seconds(5)))
            #expect(await backEnd.becomesIdle(within: .seconds(5)))
            #expect(await server.accessLog.entries(atLeast: 1)[0].isComplete == false)
        }
    }

    @Test(
        "GP-122: a slow reader holds the back end back and gets everything; one that stops is cut off",
        arguments: [true, false]
    )
    func slowReader(resumes: Bool) async throws {
        let length = 40_000_000
        try await self.withBackEnd(isPlain: true) {
            if !resumes { $0.stallTimeout = .milliseconds(500) }
        } script: { visit in
            _ = try await visit.connection.read(atLeast: 1)
            try await visit.connection.send([UInt8](repeating: 0x78, count: length), inPiecesOf: 100_000)
            try await visit.connection.finishWire()
        } _: { server, backEnd async throws in
            let connection = try await server.connect(nil, receiveBuffer: 16_384)
            try await connection.stopReading()
            try await connection.send(try Self.hello)
            if resumes {
                _ = await backEnd.visits(atLeast: 1)
                try await connection.resumeReading()
                #expect(try await connection.readToEnd().bytes.count == length)
                try await connection.finishWire()
                #expect(await server.accessLog.entries(atLeast: 1)[0].bytes == length)
            } else {
                let entry = await server.accessLog.entries(atLeast: 1)[0]
                #expect(!entry.isComplete)
                #expect(entry.bytes < length)
                #expect(await backEnd.becomesIdle())
            }
            #expect(await server.becomesIdle(within: .seconds(5)))
        }
    }

    @Test("Two sides that are silent for too long are let go")
    func idle() async throws {
        try await self.withBackEnd(isPlain: true) {
            $0.idleTimeout = .milliseconds(300)
        } script: {
            try await $0.clientLeft()
        } _: { server, backEnd async throws in
            let connection = try await server.connect(nil)
            try await connection.send(try Self.hello)
            _ = try await connection.readToEnd()
            #expect(await backEnd.becomesIdle())
            #expect(await server.becomesIdle())
        }
    }

    @Test("No more connections to a back end than may be")
    func limit() async throws {
        try await self.withBackEnd(isPlain: true) {
            $0.maximumConnections = 1
        } script: { visit in
            try await visit.send("x")
            try await visit.clientLeft()
        } _: { server, backEnd async throws in
            let first = try await server.connect(nil)
            try await first.send(try Self.hello)
            _ = try await first.read(atLeast: 1)
            let second = try await server.connect(nil)
            try await second.send(try Self.hello)
            #expect(try await second.readToEnd().bytes.isEmpty)
            await first.drop()
            #expect(await server.becomesIdle(within: .seconds(5)))
            let third = try await server.connect(nil)
            try await third.send(try Self.hello)
            #expect(try await third.read(atLeast: 1).text == "x")
            #expect(backEnd.visits.count == 2)
        }
    }

    @Test("A stop of the server ends what is passed through when the grace is over")
    func stop() async throws {
        try await self.withBackEnd(isPlain: true) { visit in
            try await visit.send("x")
            try await visit.clientLeft()
        } _: { server, backEnd async throws in
            let connection = try await server.connect(nil)
            try await connection.send(try Self.hello)
            _ = try await connection.read(atLeast: 1)
            await server.running.shutDown(grace: .milliseconds(100))
            #expect(server.running.connectionCount == 0)
            #expect(await backEnd.becomesIdle(within: .seconds(5)))
        }
    }

    @Test("A name that is served and passed through, or passed through twice, is an error that names it")
    func names() async throws {
        let host = PassThroughHost(names: [try Host("LOCALHOST")], to: .init(host: "127.0.0.1"))
        let twice = PassThroughHost(names: [try Host("a.example"), try Host("A.example.")], to: .init(host: "::1"))
        for (host, name) in [(host, "localhost"), (twice, "a.example")] {
            let configure = { (configuration: inout ServerConfiguration) in configuration.passThrough = [host] }
            await #expect(throws: ServerConfigurationError.nameServedTwice(name)) {
                try await withServer(configure: configure) { _ in }
            }
        }
        #expect("\(twice.backEnd)" == "[::1]:1965")
    }
}
