import GeminiClient
import GeminiProtocol
import GeminiServer
import GeminiTLS
import NIOCore
import TestSupport
import Testing

@testable import GeminiProxy

@Suite("Requests to an origin", .timeLimit(.minutes(10)))
struct RelayTests {
    static let unreachable = "43 \(ReverseProxy.unreachable)"

    @Test("GP-180: a page passes with its header, and the origin is asked under its own name and path")
    func page() async throws {
        try await withOrigin(mountedAt: "/app", base: "/base/") { visit in
            try await visit.answer("20 text/gemini; lang=en\r\n# Hello\n")
        } _: { front, origin async throws in
            let transcript = try await front.answer(to: "gemini://localhost/app/%7Ex?q%20")
            #expect(transcript.text == "20 text/gemini; lang=en\r\n# Hello\n")
            #expect(transcript.closeNotify)
            #expect(origin.requests == ["gemini://localhost:\(origin.port)/base/%7Ex?q%20"])
            #expect(origin.visits[0].serverName == "localhost")
            #expect(origin.visits[0].certificate == nil)
            #expect(try await front.answer(to: "gemini://localhost/else").header.hasPrefix("51 "))
        }
    }

    @Test(
        "GP-181, GP-080: the origin's header passes, an undefined status as its group's",
        arguments: [
            ("51 nope", "51 nope"), ("40 later", "40 later"), ("44 7", "44 7"), ("53 not here", "53 not here"),
            ("10 Your name?", "10 Your name?"), ("11 Secret?", "11 Secret?"), ("59", "59 Bad request"),
            ("31 gemini://other.example/x", "31 gemini://other.example/x"), ("30 /y", "30 /y"),
            ("39 /y", "30 /y"), ("47 odd", "40 odd"), ("55 odd", "50 odd"), ("15 odd", "10 odd"),
            ("52 \u{1B}[31mred", "52 \u{FFFD}[31mred"),
        ]
    )
    func headers(_ sent: String, _ expected: String) async throws {
        let log = RecordingLog()
        try await withOrigin(makeOptions(log)) {
            try await $0.answer(sent + "\r\n")
        } _: { front, _ async throws in
            let transcript = try await front.answer(to: "gemini://localhost/x")
            #expect(transcript.text == expected + "\r\n", "\(log.messages.map(\.text))")
            #expect(transcript.closeNotify)
        }
    }

    @Test(
        "GP-080, GP-082: a success of any number passes as 20, with a media type",
        arguments: [("29 text/plain\r\nx", "20 text/plain\r\nx"), ("20\r\nx", "20 text/gemini\r\nx")]
    )
    func successes(_ sent: String, _ expected: String) async throws {
        try await withOrigin {
            try await $0.answer(sent)
        } _: { front, _ async throws in
            #expect(try await front.answer(to: "gemini://localhost/x").text == expected)
        }
    }

    @Test(
        "GP-182: what is no Gemini response is 43, with the reason in the log",
        arguments: ["HTTP/1.1 200 OK\r\n", "20 no end", "99 x\r\n", "20 x\nbody", "30\r\n", "", "7"]
    )
    func malformed(_ sent: String) async throws {
        let log = RecordingLog()
        try await withOrigin(makeOptions(log)) {
            try await $0.answer(sent)
        } _: { front, _ async throws in
            let transcript = try await front.answer(to: "gemini://localhost/x")
            #expect(transcript.text == Self.unreachable + "\r\n")
            #expect(log.contains("localhost does not answer as a Gemini server"))
        }
    }

    @Test("GP-076, GP-182: a header of 1,025 bytes is 43")
    func longHeader() async throws {
        try await withOrigin {
            try await $0.answer("51 " + String(repeating: "x", count: 1025) + "\r\n")
        } _: { front, _ async throws in
            #expect(try await front.answer(to: "gemini://localhost/x").header == Self.unreachable)
        }
    }

    @Test("GP-182: an origin that is not there is 43")
    func dead() async throws {
        let log = RecordingLog()
        let port = try await withScriptedServer { _ in
        } _: {
            $0.port
        }
        try await withFront { front, responder async throws in
            responder.set(try ReverseProxy(to: "gemini://localhost:\(port)/", makeOptions(log)))
            #expect(try await front.answer(to: "gemini://localhost/x").header == Self.unreachable)
            #expect(log.contains("cannot be reached at port \(port)"))
        }
    }

    @Test("GP-182: an origin that speaks no TLS, or says nothing in the handshake, is 43 in bounded time")
    func noTLS() async throws {
        for answer in ["20 text/gemini\r\n", ""] {
            let options = makeOptions { $0.limits.handshakeTimeout = .milliseconds(300) }
            try await withOrigin(options, isPlain: true) { visit in
                try await visit.send(answer)
            } _: { front, origin async throws in
                #expect(try await front.answer(to: "gemini://localhost/x").header == Self.unreachable)
                #expect(await origin.becomesIdle())
            }
        }
    }

    @Test("GP-182: an origin that never answers is 43 in bounded time")
    func silent() async throws {
        let options = makeOptions { $0.limits.headerTimeout = .milliseconds(300) }
        try await withOrigin(options) { visit in
            try await visit.request()
            try await visit.clientLeft()
        } _: { front, origin async throws in
            #expect(try await front.answer(to: "gemini://localhost/x").header == Self.unreachable)
            #expect(await origin.becomesIdle())
        }
    }

    @Test(
        "GP-011, GP-013: a page that breaks off at the origin ends without close_notify here",
        arguments: [true, false]
    )
    func truncated(stalls: Bool) async throws {
        let options = makeOptions { $0.limits.stallTimeout = .milliseconds(300) }
        try await withOrigin(options) { visit in
            try await visit.request()
            try await visit.send("20 text/plain\r\nhalf")
            if !stalls { await visit.connection.drop() } else { try await visit.clientLeft() }
        } _: { front, _ async throws in
            let transcript = try await front.answer(to: "gemini://localhost/x")
            #expect(transcript.text == "20 text/plain\r\nhalf")
            #expect(!transcript.closeNotify)
            #expect(await front.accessLog.entries(atLeast: 1)[0].isComplete == false)
        }
    }

    @Test("When the visitor leaves, the connection to the origin is closed at once", arguments: [true, false])
    func visitorLeaves(beforeHeader: Bool) async throws {
        try await withOrigin { visit in
            try await visit.request()
            if !beforeHeader { try await visit.send("20 text/plain\r\nhalf") }
            try await visit.clientLeft()
        } _: { front, origin async throws in
            let connection = try await front.connect()
            try await connection.send("gemini://localhost/x\r\n")
            if beforeHeader {
                #expect(await eventually { origin.requests.count == 1 })
            } else {
                #expect(try await connection.read(atLeast: 19).body == Array("half".utf8))
            }
            // A mere FIN may be that of a visitor who still waits for the answer.
            await connection.reset()
            #expect(await origin.becomesIdle(within: .seconds(5)))
        }
    }

    @Test("GP-122: a slow visitor holds the origin back, and gets everything")
    func slowVisitor() async throws {
        let length = 24_000_000
        let sent = Counter()
        let responder = ClosureResponder { _ async throws in
            .success(
                .plainText,
                .stream { writer in
                    for _ in 0..<1000 {
                        try await writer.write(ByteBuffer(repeating: 0x78, count: length / 1000))
                        sent.add(length / 1000)
                    }
                }
            )
        }
        try await withOwnOrigin(origin: responder) { front, _ async throws in
            let connection = try await front.connect(receiveBuffer: 16_384)
            try await connection.stopReading()
            try await connection.send("gemini://localhost/large\r\n")
            #expect(await eventually { sent.value > 0 })
            let held = await sent.settled()
            #expect(held < length)
            try await connection.resumeReading()
            let transcript = try await connection.readToEnd()
            #expect(transcript.body.count == length)
            #expect(transcript.closeNotify)
        }
    }

    @Test("A redirect of the origin to itself is one to us")
    func redirect() async throws {
        try await withOrigin(mountedAt: "/app", base: "/base/") { visit in
            let port = visit.connection.channel.localAddress?.port ?? 0
            try await visit.answer("31 gemini://localhost:\(port)/base/y/?q\r\n")
        } _: { front, _ async throws in
            #expect(try await front.answer(to: "gemini://localhost/app/y?q").header == "31 /app/y/?q")
            #expect(try await front.answer(to: "gemini://localhost/app/y/?q").header == Self.unreachable)
        }
    }

    @Test("GP-183: a request for a certificate is 43, and passes where that is wanted", arguments: [60, 61, 62])
    func certificateWanted(_ status: Int) async throws {
        for passes in [true, false] {
            let options = makeOptions { $0.passesCertificateRequests = passes }
            try await withOrigin(options) {
                try await $0.answer("\(status) Who are you?\r\n")
            } _: { front, _ async throws in
                let header = try await front.answer(to: "gemini://localhost/x").header
                #expect(header == (passes ? "\(status) Who are you?" : "43 \(ReverseProxy.certificateWanted)"))
            }
        }
    }

    @Test("No more requests than may wait at the origin at once; the others are 41")
    func limit() async throws {
        let gate = Gate()
        let options = makeOptions { $0.maximumConnections = 1 }
        let origin = ClosureResponder { _ async throws in
            try await gate.wait()
            return .text("done")
        }
        try await withOwnOrigin(options, origin: origin) { front, _ async throws in
            async let first = front.answer(to: "gemini://localhost/1")
            await gate.entered()
            #expect(try await front.answer(to: "gemini://localhost/2").header.hasPrefix("41 "))
            gate.open()
            #expect(try await first.body == Array("done".utf8))
            #expect(
                await eventually { (try? await front.answer(to: "gemini://localhost/3").header) == "20 text/plain" }
            )
        }
    }

    @Test("One address has a quarter of the requests at the origin, two of a few; the others are 41")
    func share() async throws {
        let gate = Gate()
        let origin = ClosureResponder { request async throws in
            if request.path == "/slow" { try await gate.wait() }
            return .text("done")
        }
        try await withOwnOrigin(makeOptions { $0.maximumConnections = 2 }, origin: origin) { front, _ async throws in
            async let first = front.answer(to: "gemini://localhost/slow")
            await gate.entered()
            let refusal = try await front.answer(to: "gemini://localhost/fast").header
            #expect(refusal == "\(ClientShares.refusal.header)")
            gate.open()
            #expect(try await first.body == Array("done".utf8))
        }
    }

    @Test("The share of one address leaves the rest to others, and comes back")
    func shares() throws {
        let connections = OriginConnections(maximum: 12)
        func place(_ address: String?) throws -> OriginConnections.Place? {
            let source = try address.map { try SocketAddress(ipAddress: $0, port: 1) }
            if case .place(let place) = connections.enter(from: source, to: nil) { return place }
            return nil
        }
        var held = try (0..<4).map { try place("2001:db8::\($0)") }
        #expect(held.map { $0 != nil } == [true, true, true, false])
        held += try (0..<9).map { _ in try place(nil) }
        #expect(held.count { $0 != nil } == 12)
        #expect(try place("192.0.2.1") == nil)
        held[0] = nil
        #expect(try place("192.0.2.1") != nil)
        #expect(try place("2001:db8::ffff") != nil)
    }

    @Test("A proxy that leads back to itself is 43 at the second turn")
    func loop() async throws {
        let log = RecordingLog()
        try await withFront(mountedAt: "/a") { front, responder async throws in
            responder.set(try ReverseProxy(to: "gemini://localhost:\(front.port)/a/", makeOptions(log)))
            #expect(try await front.answer(to: "gemini://localhost/a/x").header == Self.unreachable)
            #expect(log.messages.count == 1)
            #expect(log.contains("leads back to this proxy"))
        }
    }

    @Test(
        "GP-180: as the proxy of a server, it asks for other hosts by their names; the own host is served all the same"
    )
    func foreignHosts() async throws {
        let late = LateResponder(mountedAt: "")
        let isProxy = { (configuration: inout ServerConfiguration) in configuration.proxy = late }
        try await withServer(configure: isProxy) { front async throws in
            try await withScriptedServer(isSecond: true) {
                try await $0.answer("20 text/plain\r\nrelayed")
            } _: { origin in
                let options = makeOptions { $0.name = .visitor }
                late.set(try ReverseProxy(to: "gemini://127.0.0.1:\(origin.port)/", options))
                var tls = TestConnection.TLS()
                tls.serverName = nil
                let relayed = try await front.answer(to: "gemini://x.example/y", tls: tls)
                #expect(relayed.body == Array("relayed".utf8))
                #expect(origin.requests == ["gemini://x.example/y"])
                #expect(origin.visits[0].serverName == "x.example")
                #expect(try await front.answer(to: "gemini://localhost/").body == Array("# Hello\n".utf8))
                #expect(try await front.answer(to: "https://x.example/", tls: tls).header.hasPrefix("53 "))
            }
        }
    }
}
