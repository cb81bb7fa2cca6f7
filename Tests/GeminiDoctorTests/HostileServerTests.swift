import GeminiProtocol
import NIOCore
import NIOPosix
import Testing

@testable import GeminiDoctor

/// Servers that are none, or worse: an examination ends all the same.
@Suite("The doctor on hostile servers", .timeLimit(.minutes(10)))
struct HostileServerTests {
    /// What a plain TCP server does with a connection.
    private static func withServer<Result>(
        onConnection: @escaping @Sendable (any Channel) -> Void,
        _ body: (UInt16) async throws -> Result
    ) async throws -> Result {
        let listener = try await ServerBootstrap(group: MultiThreadedEventLoopGroup.singleton)
            .childChannelInitializer { channel in
                channel.eventLoop.execute { onConnection(channel) }
                return channel.eventLoop.makeSucceededVoidFuture()
            }
            .bind(host: "127.0.0.1", port: 0).get()
        let result = try await body(UInt16(listener.localAddress?.port ?? 0))
        try await listener.close()
        return result
    }

    private static let nothing: @Sendable (any Channel) -> Void = { _ in }
    private static let hangUp: @Sendable (any Channel) -> Void = { $0.close(promise: nil) }

    private static func doctor(_ port: UInt16) throws -> Doctor {
        var doctor = Doctor(try GeminiURL("gemini://localhost:\(port)/"))
        doctor.address = ("127.0.0.1", port)
        doctor.timing = .quick
        doctor.timing.answer = .milliseconds(500)
        doctor.timing.whole = .seconds(4)
        return doctor
    }

    private static func failure(_ doctor: Doctor) async throws -> String {
        let error = await #expect(throws: DoctorError.self) { try await doctor.examine() }
        return try #require(error).description
    }

    @Test("One that is not there is one sentence")
    func dead() async throws {
        let port = try await Self.withServer(onConnection: Self.nothing) { $0 }
        let sentence = try await Self.failure(Self.doctor(port))
        #expect(sentence == "The server cannot be examined: 127.0.0.1:\(port): connection refused.")
    }

    @Test("One that says nothing is one sentence")
    func silent() async throws {
        try await Self.withServer(onConnection: Self.nothing) { port in
            let sentence = try await Self.failure(Self.doctor(port))
            #expect(sentence == "The server cannot be examined: 127.0.0.1:\(port): nothing came in time.")
        }
    }

    @Test("One that speaks something else is one sentence")
    func other() async throws {
        let greet: @Sendable (any Channel) -> Void = { channel in
            channel.writeAndFlush(ByteBuffer(string: "220 mail.example ESMTP\r\n"), promise: nil)
        }
        try await Self.withServer(onConnection: greet) { port in
            let sentence = try await Self.failure(Self.doctor(port))
            #expect(sentence.hasPrefix("The server cannot be examined: 127.0.0.1:\(port): TLS failed ("))
        }
    }

    @Test("One that hangs up is one sentence")
    func rude() async throws {
        try await Self.withServer(onConnection: Self.hangUp) { port in
            let sentence = try await Self.failure(Self.doctor(port))
            #expect(sentence.contains("the server closed the connection") || sentence.contains("reset"))
        }
    }

    @Test("A name that nobody knows is one sentence")
    func unknown() async throws {
        let doctor = Doctor(try GeminiURL("gemini://no-such-host.invalid/"))
        #expect(try await Self.failure(doctor).hasPrefix("The server cannot be found: the name no-such-host.invalid "))
    }

    @Test("Another scheme is one sentence")
    func scheme() async throws {
        let doctor = Doctor(try GeminiURL("https://localhost/"))
        #expect(try await Self.failure(doctor) == "Only gemini:// URLs can be examined, not https://.")
    }

    private static let faults: [(name: String, fault: Fault)] = [
        ("never ends a response", .with(\.end, .never)),
        ("resets every response", .with(\.end, .reset)),
        ("falls silent after the home page", .with(\.hello, quietAfter(connections: 2))),
        ("sends a megabyte and more", .with(\.answer) { _ in Array("20 text/gemini\r\n".utf8) + endless }),
        ("sends a header without end", .with(\.answer) { _ in endless }),
        ("sends nothing but close_notify", .with(\.answer) { $0.number < 2 ? nil : [] }),
    ]

    private static let endless = [UInt8](repeating: UInt8(ascii: "2"), count: 3_000_000)

    private static func quietAfter(connections: Int) -> @Sendable (HelloFacts) -> Fault.HelloReaction {
        let counter = Counter()
        return { _ in counter.next() < connections ? .accept : .ignore }
    }

    @Test("An examination ends in its time", arguments: Self.faults.indices)
    func ends(_ index: Int) async throws {
        let (name, fault) = Self.faults[index]
        let diagnosis = try await FaultyServer.run(fault) { try await Self.doctor($0.port).examine() }
        #expect(diagnosis.duration < .seconds(60), "\(name)")
        #expect(diagnosis.hasViolations || diagnosis.count(.warning) > 0, "\(name)")
        #expect(diagnosis.results.count == Check.all.count)
    }

    @Test("An examination that is cancelled ends soon")
    func cancelled() async throws {
        try await FaultyServer.run(.with(\.patience, nil)) { server in
            var doctor = try Self.doctor(server.port)
            doctor.checks = Check.all.filter { $0.isNamed("dripping-request") }
            doctor.timing.longestDeadline = .seconds(120)
            doctor.timing.whole = .seconds(120)
            let start = ContinuousClock.now
            let examination = Task { [doctor] in try await doctor.examine() }
            while ContinuousClock.now - start < .milliseconds(300) { await Task.yield() }
            examination.cancel()
            _ = try await examination.value
            #expect(ContinuousClock.now - start < .seconds(60))
        }
    }
}
