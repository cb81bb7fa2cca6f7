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

    private static func check(_ server: TestServer, _ hosts: [VirtualHost]) async throws {
        for number in [0, Self.count / 2, Self.count - 1] {
            var tls = TestConnection.TLS()
            tls.serverName = "www.\(Self.name(number))"
            let connection = try await server.connect(tls)
            let shown = try await connection.serverCertificate()?.toDERBytes()
            #expect(shown == hosts[number].identity.current.leaf.der)
            try await connection.send("gemini://www.\(Self.name(number))/\r\n")
            #expect(try await connection.readToEnd().text == "20 text/plain\r\n\(number)")
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
        let start = ContinuousClock.now
        let hosts = try Self.hosts { try .files(certificate: folder.path("\($0).pem")) }
        try await withServer(hosts: hosts, configure: { $0.certificateCheckInterval = nil }) { server in
            #expect(ContinuousClock.now - start < Self.patience)
            #expect(server.running.certificates.count == Self.count)
            try await Self.check(server, hosts)

            let last = Self.count - 1
            try folder.replace("\(last).pem", with: try Identity.generate(names: [Self.name(last)], at: .now).pem)
            await server.running.upkeep.lookAtFiles()
            try await Self.check(server, hosts)
            #expect(server.log.messages.filter { $0.text.contains("was replaced") }.count == 1)
        }
    }

    @Test("Each with an automatic certificate, they start, and the second time with the same keys")
    func automatic() async throws {
        let folder = try TemporaryDirectory()
        let names = (0..<Self.count).map { [Self.name($0), "www.\(Self.name($0))"] }
        let first = try await ServerIdentity.automatic(hosts: names, directory: folder.path("state"))
        let start = ContinuousClock.now
        let second = try await ServerIdentity.automatic(hosts: names, directory: folder.path("state"))
        let hosts = try Self.hosts { second[$0] }
        try await withServer(hosts: hosts) { server in
            #expect(ContinuousClock.now - start < Self.patience)
            try await Self.check(server, hosts)
        }
        #expect(first.map(\.current.leaf) == second.map(\.current.leaf))
    }
}
