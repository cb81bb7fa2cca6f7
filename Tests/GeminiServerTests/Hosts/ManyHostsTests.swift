import GeminiProtocol
import GeminiTLS
import NIOSSL
import TestSupport
import Testing

@testable import GeminiServer

@Suite("A thousand hosts", .timeLimit(.minutes(10)))
struct ManyHostsTests {
    private static let count = 1000

    private static func name(_ number: Int) -> String {
        "h\(number).example.org"
    }

    private static func hosts(_ identity: (Int) throws -> ServerIdentity) throws -> [VirtualHost] {
        try (0..<Self.count).map { number in
            VirtualHost(
                names: [try Host(Self.name(number)), try Host("www.\(Self.name(number))")],
                identity: try identity(number),
                responder: .closure { _ in .text("\(number)") }
            )
        }
    }

    /// Starts a server with the hosts that are made, and ends it after the test.
    private static func start(
        _ hosts: () async throws -> [VirtualHost],
        _ body: (RunningServer, [VirtualHost], RecordingLog) async throws -> Void
    ) async throws {
        // The server of another test is waited for first: the time is that of this one alone.
        try await withServer { other in
            let start = ContinuousClock.now
            let hosts = try await hosts()
            var configuration = ServerConfiguration(
                addresses: [ListenAddress(host: "127.0.0.1", port: 0)],
                hosts: hosts
            )
            configuration.certificateCheckInterval = nil
            configuration.logger = other.log.logger
            let running = try await Server(configuration).start()
            #expect(ContinuousClock.now - start < Self.patience)
            do {
                try await body(running, hosts, other.log)
                await running.shutDown(grace: .zero)
            } catch {
                await running.shutDown(grace: .zero)
                throw error
            }
        }
    }

    private static func check(_ running: RunningServer, _ hosts: [VirtualHost]) async throws {
        for number in [0, Self.count / 2, Self.count - 1] {
            var tls = TestConnection.TLS()
            tls.serverName = "www.\(Self.name(number))"
            let connection = try await TestConnection.connect(to: running.addresses[0], tls: tls)
            let shown = try await connection.serverCertificate()?.toDERBytes()
            #expect(shown == hosts[number].identity.current.leaf.der)
            try await connection.send("gemini://www.\(Self.name(number))/\r\n")
            #expect(try await connection.readToEnd().text == "20 text/plain\r\n\(number)")
            await connection.close()
        }
    }

    /// In a debug build on a busy machine; a release starts in a tenth of a second.
    private static let patience = Duration.seconds(20)

    @Test("Each with a pair of its own on disk, they start, are served, and are exchanged for others")
    func files() async throws {
        let folder = try TemporaryDirectory()
        for number in 0..<Self.count {
            try folder.write(try Identity.generate(names: [Self.name(number)], at: .now).pem, to: "\(number).pem")
        }
        try await Self.start {
            try Self.hosts { try .files(certificate: folder.path("\($0).pem")) }
        } _: { running, hosts, log in
            #expect(running.certificates.count == Self.count)
            try await Self.check(running, hosts)

            let last = Self.count - 1
            try folder.replace("\(last).pem", with: try Identity.generate(names: [Self.name(last)], at: .now).pem)
            await running.upkeep.lookAtFiles()
            try await Self.check(running, hosts)
            #expect(log.messages.filter { $0.text.contains("was replaced") }.count == 1)
        }
    }

    @Test("Each with an automatic certificate, they start, and the second time with the same keys")
    func automatic() async throws {
        let folder = try TemporaryDirectory()
        let names = (0..<Self.count).map { [Self.name($0), "www.\(Self.name($0))"] }
        let first = try ServerIdentity.automatic(hosts: names, directory: folder.path("state"))
        try await Self.start {
            let second = try ServerIdentity.automatic(hosts: names, directory: folder.path("state"))
            return try Self.hosts { second[$0] }
        } _: { running, hosts, _ in
            try await Self.check(running, hosts)
            #expect(first.map(\.current.leaf) == hosts.map(\.identity.current.leaf))
        }
    }
}
