import GeminiProtocol
import GeminiServer
import NIOConcurrencyHelpers
import NIOCore
import NIOPosix
import TestSupport
import Testing

@testable import GeminiGateway

@Suite("SCGI")
struct SCGITests {
    @Test("SC-01, SC-02: the daemon gets the variables, and its response leaves")
    func exchange() async throws {
        try await withScriptedServer(isPlain: true) { visit in
            try await visit.scgiRequest()
            try await visit.send("20 text/plain\r\nhello")
            try await visit.connection.closeOutput()
        } _: { server async throws in
            var options = BackendOptions()
            options.documentRoot = "/srv/"
            options.environment = ["EXTRA": "1", "QUERY_STRING": "not this"]
            let outcome = try await BackendOutcome(of: .scgi(to: .scripted(server), options: options))
            #expect(outcome == BackendOutcome("20 text/plain", "hello"))
            let sent = server.visits[0].received.text
            for pair in [
                "SCRIPT_NAME\0/app\0", "PATH_INFO\0/x\0", "QUERY_STRING\0q\0", "EXTRA\u{0}1\0",
                "DOCUMENT_ROOT\0/srv/\0", "SCRIPT_FILENAME\0/srv/app\0",
            ] {
                #expect(sent.contains(pair))
            }
        }
    }

    @Test("FC-03: SCRIPT_NAME can be configured", arguments: [("/wiki", "/app/x"), ("/app", "/x"), ("/ap", "/app/x")])
    func scriptName(name: String, pathInfo: String) async throws {
        try await withScriptedServer(isPlain: true) { visit in
            try await visit.scgiRequest()
            try await visit.send("51\n")
            try await visit.connection.closeOutput()
        } _: { server async throws in
            var options = BackendOptions()
            options.scriptName = name
            let outcome = try await BackendOutcome(of: .scgi(to: .scripted(server), options: options))
            #expect(outcome == BackendOutcome("51 Not found"))
            #expect(server.visits[0].received.text.contains("SCRIPT_NAME\0\(name)\0"))
            #expect(server.visits[0].received.text.contains("PATH_INFO\0\(pathInfo)\0"))
        }
    }

    @Test("A daemon on a Unix socket")
    func unix() async throws {
        let folder = try TemporaryDirectory()
        let path = folder.path("daemon.sock")
        let channel = try await ServerBootstrap(group: MultiThreadedEventLoopGroup.singleton)
            .childChannelInitializer { channel in
                channel.eventLoop.makeCompletedFuture { try channel.pipeline.syncOperations.addHandler(Greeter()) }
            }
            .bind(unixDomainSocketPath: path).get()
        let outcome = try await BackendOutcome(of: .scgi(to: .unix(path), options: .short()))
        #expect(outcome == BackendOutcome("20 text/plain", "local"))
        try await channel.close()
    }

    /// A daemon's fault, and what the client gets of it.
    struct Fault: Sendable, CustomTestStringConvertible {
        var testDescription: String
        var expected: BackendOutcome
        var logged: String?
        var change: @Sendable (inout BackendOptions) -> Void = { _ in }
        var script: ScriptedServer.Script
    }

    static let faults: [Fault] = [
        Fault(testDescription: "silent", expected: .gatewayError, logged: "too long for its first line") { _ in },
        Fault(testDescription: "garbage", expected: .gatewayError, logged: "not a status") {
            try await $0.send("HTTP/1.1 200 OK\r\n\r\n")
        },
        Fault(testDescription: "closes at once", expected: .gatewayError, logged: "printed nothing") {
            try await $0.connection.closeOutput()
        },
        Fault(testDescription: "half a header", expected: .gatewayError, logged: "within its first line") {
            try await $0.send("20 text/pl")
            try await $0.connection.closeOutput()
        },
        Fault(testDescription: "half a header, and silence", expected: .gatewayError, logged: "first line") {
            try await $0.send("20 text/pl")
        },
        Fault(testDescription: "a header without end", expected: .gatewayError, logged: "longer than 2048") {
            try await $0.send("20 " + String(repeating: "x", count: 5000))
        },
        Fault(testDescription: "an undefined status", expected: .gatewayError, logged: "25") {
            try await $0.send("25 text/plain\r\n")
        },
        Fault(testDescription: "a header that dribbles for ever", expected: .gatewayError, logged: "first line") {
            try await $0.send("20 ")
            while true {
                try await $0.send("x")
                try await Task.sleep(for: .milliseconds(20))
            }
        },
        Fault(
            testDescription: "a body that stalls",
            expected: BackendOutcome("20 text/plain", "half", isWhole: false),
            logged: "stopped"
        ) { try await $0.send("20 text/plain\r\nhalf") },
        Fault(
            testDescription: "a body that is torn off",
            expected: BackendOutcome("20 text/plain", "half", isWhole: false),
            logged: "broke"
        ) { visit in
            try await visit.scgiRequest()
            try await visit.send("20 text/plain\r\nhalf")
            try await Task.sleep(for: .milliseconds(50))
            await visit.connection.reset()
        },
        Fault(
            testDescription: "a body beyond the limit",
            expected: BackendOutcome("20 text/plain", "1234", isWhole: false),
            logged: "more than 6 bytes",
            change: { $0.outputLimit = 6 },
            script: { visit in
                try await visit.send("20 text/plain\r\n1234")
                try await Task.sleep(for: .milliseconds(50))
                try await visit.send("5678")
            }
        ),
        Fault(
            testDescription: "a body without end",
            expected: BackendOutcome("20 text/plain", "", isWhole: false),
            logged: "It took too long.",
            change: { $0.runTimeout = .milliseconds(400) },
            script: { visit in
                try await visit.send("20 text/plain\r\n")
                while true {
                    try await visit.send("x")
                    try await Task.sleep(for: .milliseconds(20))
                }
            }
        ),
    ]

    @Test(
        "SC-02: a daemon that misbehaves is 42, or a response that is cut off, in bounded time",
        arguments: Self.faults
    )
    func fault(_ fault: Fault) async throws {
        let log = RecordingLog()
        try await withScriptedServer(isPlain: true, fault.script) { server in
            var options = BackendOptions.short(log)
            fault.change(&options)
            let begin = ContinuousClock.now
            var outcome = try await BackendOutcome(of: .scgi(to: .scripted(server), options: options))
            #expect(ContinuousClock.now - begin < .seconds(60))
            if fault.testDescription == "a body without end" { outcome.body = "" }
            #expect(outcome == fault.expected)
            if let logged = fault.logged { #expect(log.contains(logged), "\(log.messages)") }
            #expect(await server.becomesIdle())
        }
    }

    @Test("SC-02: a response that comes byte by byte is whole")
    func slow() async throws {
        try await withScriptedServer(isPlain: true) { visit in
            try await visit.connection.send("20 text/plain\r\nslow but sure", inPiecesOf: 1)
            try await visit.connection.closeOutput()
        } _: { server async throws in
            let outcome = try await BackendOutcome(of: .scgi(to: .scripted(server), options: .short()))
            #expect(outcome == BackendOutcome("20 text/plain", "slow but sure"))
        }
    }

    @Test("SC-02: nobody listens: 42")
    func refused() async throws {
        let log = RecordingLog()
        var port = 0
        try await withScriptedServer(isPlain: true) { _ in
        } _: {
            port = $0.port
        }
        let dead = BackendAddress.tcp(host: "127.0.0.1", port: port)
        #expect(try await BackendOutcome(of: .scgi(to: dead, options: .short(log))) == .gatewayError)
        let missing = try await BackendOutcome(of: .scgi(to: "unix:/nowhere/at.all", options: .short(log)))
        #expect(missing == .gatewayError)
        #expect(
            log.messages.map(\.text) == [
                "The daemon gives no response. It cannot be connected to: Connection refused.",
                "The daemon gives no response. It cannot be connected to: No such file or directory.",
            ]
        )
    }

    @Test("A daemon that is down is one line of the log, however many ask for it")
    func down() async throws {
        let log = RecordingLog()
        let scgi = SCGI(to: "unix:/nowhere/at.all", options: .short(log))
        for _ in 0..<5 { #expect(try await BackendOutcome(of: scgi) == .gatewayError) }
        #expect(log.messages.count == 1)
    }

    @Test("SC-02: a daemon that never accepts: 42, connected or not")
    func neverAccepts() async throws {
        let log = RecordingLog()
        let channel = try await ServerBootstrap(group: MultiThreadedEventLoopGroup.singleton)
            .serverChannelOption(.backlog, value: 1)
            .serverChannelOption(.autoRead, value: false)
            .bind(host: "127.0.0.1", port: 0).get()
        let address = BackendAddress.tcp(host: "127.0.0.1", port: try #require(channel.localAddress?.port))
        let responder = SCGI(to: address, options: .short(log))
        // The first wait in the queue of the socket; when that is full, nobody can connect.
        var queued: [any Channel] = []
        for _ in 0..<8 {
            #expect(try await BackendOutcome(of: responder) == .gatewayError)
            if log.contains("too long to be connected to") { break }
            let filler = ClientBootstrap(group: MultiThreadedEventLoopGroup.singleton).connectTimeout(
                .milliseconds(200)
            )
            if let connection = try? await filler.connect(host: "127.0.0.1", port: channel.localAddress!.port!).get() {
                queued.append(connection)
            }
        }
        #expect(log.contains("too long for its first line"))
        #expect(log.contains("too long to be connected to"))
        for connection in queued { try? await connection.close() }
        try await channel.close()
    }

    @Test("More requests than the limit wait, and get 41 in the end")
    func places() async throws {
        let gate = Gate()
        try await withScriptedServer(isPlain: true) { visit in
            try await visit.scgiRequest()
            try await gate.wait()
            try await visit.send("20 text/plain\nlate")
            try await visit.connection.closeOutput()
        } _: { server async throws in
            var options = BackendOptions()
            options.maximumConnections = 1
            options.queueTimeout = .milliseconds(100)
            let responder = SCGI(to: .scripted(server), options: options)
            async let first = BackendOutcome(of: responder)
            await gate.entered()
            #expect(try await BackendOutcome(of: responder).header.hasPrefix("41 "))
            gate.open()
            #expect(try await first == BackendOutcome("20 text/plain", "late"))
            #expect(try await BackendOutcome(of: responder) == BackendOutcome("20 text/plain", "late"))
        }
    }

    @Test("A response whose body nobody asks for gives its place and its connection back")
    func unwanted() async throws {
        try await withScriptedServer(isPlain: true) { visit in
            try await visit.send("20 text/plain\nthe beginning")
        } _: { server async throws in
            var options = BackendOptions()
            options.maximumConnections = 1
            let responder = SCGI(to: .scripted(server), options: options)
            let request = try gatewayRequest("gemini://localhost/")
            for _ in 0..<3 { _ = try await responder.respond(to: request) }
            #expect(await server.becomesIdle())
        }
    }
}

/// Answers whatever comes, and closes.
private final class Greeter: ChannelInboundHandler {
    typealias InboundIn = ByteBuffer

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        context.writeAndFlush(NIOAny(ByteBuffer(string: "20 text/plain\nlocal")), promise: nil)
        context.close(promise: nil)
    }
}

extension ScriptedVisit {
    /// Waits for the variables, and as much of an upload.
    func scgiRequest(upload: Int = 0) async throws {
        while true {
            let bytes = self.received.bytes
            if let colon = bytes.firstIndex(of: UInt8(ascii: ":")),
                let count = Int(String(decoding: bytes[..<colon], as: UTF8.self)),
                bytes.count >= colon + count + 2 + upload
            {
                return
            }
            let transcript = try await self.connection.read(atLeast: bytes.count + 1)
            if transcript.ended { throw CancellationError() }
        }
    }
}
