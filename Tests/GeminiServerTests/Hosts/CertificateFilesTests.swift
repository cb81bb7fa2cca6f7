import GeminiProtocol
import GeminiTLS
import Logging
import NIOSSL
import TestSupport
import Testing

@testable import GeminiServer

@Suite("Certificates in files, while the server runs", .timeLimit(.minutes(10)))
struct CertificateFilesTests {
    private static func certificate(_ connection: TestConnection) async throws -> Certificate {
        Certificate(der: try #require(try await connection.serverCertificate()).toDERBytes())
    }

    private static func make() throws -> Identity {
        try Identity.generate(names: ["localhost"], at: .now)
    }

    /// A server whose certificate is in a file, and does not look at it by itself.
    private static func withFileServer(
        interval: Duration? = nil,
        responder: any Responder = Recorder(),
        _ body: (TestServer, IdentityFiles, Identity) async throws -> Void
    ) async throws {
        let folder = try TemporaryDirectory()
        let files = IdentityFiles(certificatePath: folder.path("pair.pem"))
        let first = try Self.make()
        try files.save(first)
        let host = VirtualHost(
            names: [try Host("localhost")],
            identity: try .files(certificate: files.certificatePath),
            responder: responder
        )
        let other = try makeHost(["other.test"], responder)
        let configure: (inout ServerConfiguration) -> Void = { $0.certificateCheckInterval = interval }
        try await withServer(hosts: [host, other], configure: configure) { server in
            try await body(server, files, first)
        }
        withExtendedLifetime(folder) {}
    }

    @Test("New connections see a certificate that was replaced, and the log says so")
    func replaced() async throws {
        try await Self.withFileServer { server, files, first in
            #expect(try await Self.certificate(server.connect()) == first.leaf)
            let open = try await server.connect()
            let second = try first.renewed(at: .now)
            try files.save(second)
            await server.running.upkeep.lookAtFiles()
            #expect(try await Self.certificate(server.connect()) == second.leaf)
            #expect(server.log.contains("The certificate in \(files.certificatePath) was replaced with the same key"))

            let third = try Self.make()
            try files.save(third)
            await server.running.reloadCertificates()
            #expect(try await Self.certificate(server.connect()) == third.leaf)
            #expect(server.log.contains("was replaced with another key, which visitors who know the old one"))
            #expect(server.running.certificates.map(\.notAfter).first == third.leaf.notAfter)
            #expect(server.running.certificates.map(\.names) == [["localhost"], ["other.test"]])

            // One that was open before both is served to its end.
            try await open.send("gemini://localhost/\r\n")
            #expect(try await open.readToEnd().closeNotify)
        }
    }

    @Test("A broken pair keeps the old one, and the log says so once, at error")
    func broken() async throws {
        try await Self.withFileServer { server, files, first in
            try files.save(try Self.make())
            try IdentityFiles(certificatePath: files.certificatePath, keyPath: files.certificatePath + ".key").save(
                first
            )
            // The certificate of one pair with no key in the file.
            for _ in 0..<4 { await server.running.upkeep.lookAtFiles() }
            #expect(try await Self.certificate(server.connect()) == first.leaf)
            let errors = server.log.messages.filter { $0.level == .error }
            #expect(errors.map(\.text).count == 1)
            #expect(errors.first?.text.contains("\(files.certificatePath) has no private key in it") == true)
            try files.save(first)
            for _ in 0..<4 { await server.running.upkeep.lookAtFiles() }
            let notices = server.log.messages.filter {
                $0.text.hasSuffix("\(files.certificatePath) is in order again.")
            }
            #expect(notices.count == 1 && notices[0].level == .notice)
        }
    }

    @Test("It looks by itself, every few seconds")
    func looking() async throws {
        try await Self.withFileServer(interval: .milliseconds(10)) { server, files, _ in
            let second = try Self.make()
            try files.save(second)
            let isShown = try await eventually { try await Self.certificate(server.connect()) == second.leaf }
            #expect(isShown)
        }
    }

    @Test("The contexts of hosts whose certificates stay, stay; hosts with one certificate have one")
    func contexts() async throws {
        try await Self.withFileServer { server, files, first in
            let contexts = server.running.upkeep.contexts
            let before = contexts.current
            #expect(before.byChain.count == 2)
            try files.save(try Self.make())
            await server.running.upkeep.lookAtFiles()
            let after = contexts.current
            #expect(after.byName["other.test"] === before.byName["other.test"])
            #expect(after.byName["localhost"] !== before.byName["localhost"])
            #expect(after.byChain.count == 2)
        }
        let identity = ServerIdentity.fixed(try Self.make())
        let hosts = try (0..<3).map {
            VirtualHost(names: [try Host("h\($0).test")], identity: identity, responder: Recorder())
        }
        #expect(try TLSContexts.Table(hosts: hosts).byChain.count == 1)
    }
}
