import GeminiProtocol
import GeminiServer
import Logging
import NIOCore
import NIOPosix
import NIOSSL
import TestSupport
import Testing

/// GP-017: the deadlines are absolute, whatever trickles in.
@Suite("Deadlines", .timeLimit(.minutes(10)))
struct DeadlineTests {
    private static let limit = Duration.milliseconds(400)
    /// Deadlines are looked at a few times a second.
    private static let least = Duration.milliseconds(300)
    private static let most = Duration.seconds(60)

    /// Sends a byte every 50 ms for as long as it can.
    private static func drip(_ bytes: [UInt8], on connection: TestConnection) async -> Int {
        for (count, byte) in bytes.enumerated() {
            do {
                try await connection.send([byte])
                if connection.transcript.ended { return count }
                try await Task.sleep(for: .milliseconds(50))
            } catch {
                return count
            }
        }
        return bytes.count
    }

    private static func limits() -> Limits {
        var limits = Limits()
        limits.handshakeTimeout = Self.limit
        return limits
    }

    @Test("A connection that never begins TLS", arguments: [0, 1, 5, 100])
    func handshake(bytes: Int) async throws {
        try await withServer(limits: Self.limits()) { server in
            let start = ContinuousClock.now
            let connection = try await server.connect(nil)
            let hello = [22, 3, 1, 0, 250, 1, 0, 0, 246, 3, 3] + Array(repeating: UInt8(0x55), count: 200)
            if bytes > 0 { try await connection.send(hello.prefix(bytes)) }
            #expect(try await connection.readToEnd().bytes.isEmpty)
            let elapsed = ContinuousClock.now - start
            #expect(elapsed > Self.least && elapsed < Self.most)
            #expect(await server.becomesIdle())
            #expect(server.log.contains("No TLS handshake in time."))
            #expect(server.accessLog.entries.isEmpty)
        }
    }

    @Test("A ClientHello of a byte every 50 ms")
    func slowHello() async throws {
        try await withServer(limits: Self.limits()) { server in
            let start = ContinuousClock.now
            let connection = try await server.connect(nil)
            let hello = [22, 3, 1, 0, 250, 1, 0, 0, 246, 3, 3] + Array(repeating: UInt8(0x55), count: 200)
            let sent = await Self.drip(hello, on: connection)
            #expect(sent > 1 && sent < 200)
            #expect(ContinuousClock.now - start > Self.least)
            #expect(try await connection.readToEnd().bytes.isEmpty)
            #expect(await server.becomesIdle())
        }
    }

    @Test("A handshake that stops in the middle")
    func unfinishedHandshake() async throws {
        var configuration = TLSConfiguration.makeClientConfiguration()
        configuration.certificateVerification = .none
        let context = try NIOSSLContext(configuration: configuration)
        try await withServer(limits: Self.limits()) { server in
            let start = ContinuousClock.now
            // Says hello, and never reads what comes back.
            let channel = try await ClientBootstrap(group: MultiThreadedEventLoopGroup.singleton)
                .channelOption(.autoRead, value: false)
                .channelInitializer { channel in
                    channel.eventLoop.makeCompletedFuture {
                        let handler = try NIOSSLClientHandler(context: context, serverHostname: "localhost")
                        try channel.pipeline.syncOperations.addHandler(handler)
                    }
                }
                .connect(to: server.address).get()
            _ = await eventually { server.running.connectionCount == 1 }
            #expect(await server.becomesIdle())
            #expect(ContinuousClock.now - start > Self.least)
            #expect(server.log.messages.allSatisfy { $0.level <= .debug })
            try? await channel.close()
        }
    }

    @Test("No request after the handshake", arguments: ["", "g", "gemini://localhost/", "gemini://localhost/\r"])
    func request(_ part: String) async throws {
        var limits = Limits()
        limits.requestTimeout = Self.limit
        try await withServer(limits: limits) { server in
            let start = ContinuousClock.now
            let connection = try await server.connect()
            if !part.isEmpty { try await connection.send(part) }
            let transcript = try await connection.readToEnd()
            #expect(transcript.bytes.isEmpty)
            #expect(!transcript.closeNotify)
            let elapsed = ContinuousClock.now - start
            #expect(elapsed > Self.least && elapsed < Self.most)
            #expect(await server.becomesIdle())
            #expect(server.log.contains("No request in time."))
            #expect(server.accessLog.entries.isEmpty)
        }
    }

    @Test("A request of a byte every 50 ms, while others are served")
    func slowRequest() async throws {
        var limits = Limits()
        limits.requestTimeout = .seconds(2)
        try await withServer(limits: limits) { server in
            let start = ContinuousClock.now
            let connection = try await server.connect()
            async let sent = Self.drip(
                Array("gemini://localhost/".utf8) + Array(repeating: 0x78, count: 500),
                on: connection
            )
            let other = try await server.answer(to: "gemini://localhost/")
            #expect(other.header == "20 text/gemini")
            let count = await sent
            #expect(count > 2 && count < 200)
            let elapsed = ContinuousClock.now - start
            #expect(elapsed > .milliseconds(1900) && elapsed < Self.most)
            #expect(try await connection.readToEnd().bytes.isEmpty)
        }
    }

    @Test("A responder may take longer than any of them")
    func slowResponder() async throws {
        var limits = Limits()
        limits.handshakeTimeout = .seconds(2)
        limits.requestTimeout = .seconds(2)
        limits.stallTimeout = .milliseconds(200)
        limits.linger = .milliseconds(200)
        let responder = ClosureResponder { _ in
            try await Task.sleep(for: .seconds(3))
            return .success(
                .plainText,
                .stream { writer in
                    try await writer.write("one\n")
                    try await Task.sleep(for: .milliseconds(800))
                    try await writer.write("two\n")
                }
            )
        }
        try await withServer(responder: responder, limits: limits) { server in
            let transcript = try await server.answer(to: "gemini://localhost/")
            #expect(transcript.text == "20 text/plain\r\none\ntwo\n")
            #expect(transcript.closeNotify)
        }
    }
}
