import GeminiProtocol
import GeminiTLS
import NIOCore
import NIOSSL
import TestSupport
import Testing

@testable import GeminiServer

@Suite("Certificates that renew themselves", .timeLimit(.minutes(10)))
struct CertificateRenewalTests {
    private static func certificate(_ connection: TestConnection) async throws -> Certificate {
        Certificate(der: try #require(try await connection.serverCertificate()).toDERBytes())
    }

    /// A server whose certificate was made 60 days ago for 80.
    private static func withAgingServer(
        _ responder: any Responder,
        _ body: (TestServer, AutomaticIdentity, CertificateUpkeep) async throws -> Void
    ) async throws {
        let folder = try TemporaryDirectory()
        let made = Timestamp.now - .seconds(60 * 86_400)
        let identity = try AutomaticIdentity(
            names: ["localhost"],
            days: 80,
            directory: StateDirectory(path: folder.path("state")),
            at: made
        )
        let host = VirtualHost(names: [try Host("localhost")], identity: .automatic(identity), responder: responder)
        let other = try makeHost(["other.test"], responder)
        try await withServer(hosts: [host, other]) { server in
            try await body(server, identity, server.running.upkeep)
        }
    }

    @Test("One that is due is renewed with the same key, and new connections see the new one")
    func due() async throws {
        try await Self.withAgingServer(Recorder()) { server, identity, renewal in
            #expect(renewal.interval != nil)
            let before = try await Self.certificate(server.connect())
            #expect(before == identity.current.leaf)

            await renewal.renewDue()
            let after = try await Self.certificate(server.connect())
            #expect(after != before)
            #expect(after == identity.current.leaf)
            #expect(after.publicKeyFingerprint == before.publicKeyFingerprint)
            #expect(try #require(after.notAfter) > #require(before.notAfter))
            #expect(server.log.contains("was renewed with the same key"))

            let transcript = try await server.answer(to: "gemini://localhost/")
            #expect(transcript.header == "20 text/plain")
        }
    }

    @Test("One that is not due stays as it is")
    func early() async throws {
        try await Self.withAgingServer(Recorder()) { server, identity, renewal in
            let before = identity.current.leaf
            var renewal = renewal
            let date = identity.current.renewalDate
            renewal.now = { date - .seconds(1) }
            await renewal.renewDue()
            #expect(identity.current.leaf == before)
            let shown = try await Self.certificate(server.connect())
            #expect(shown == before)

            renewal.now = { date }
            await renewal.renewDue()
            #expect(identity.current.leaf != before)
        }
    }

    @Test("A response under way is not disturbed, nor a connection that has not asked yet")
    func underWay() async throws {
        let gate = Gate()
        let responder = ClosureResponder { _ in
            .success(
                .plainText,
                .stream { writer in
                    try await writer.write("before\n")
                    try await gate.wait()
                    try await writer.write("after\n")
                }
            )
        }
        try await Self.withAgingServer(responder) { server, identity, renewal in
            let running = try await server.connect()
            try await running.send("gemini://localhost/\r\n")
            await gate.entered()
            let waiting = try await server.connect()
            let before = try await Self.certificate(waiting)

            await renewal.renewDue()
            #expect(identity.current.leaf != before)
            gate.open()
            let transcript = try await running.readToEnd()
            #expect(transcript.text == "20 text/plain\r\nbefore\nafter\n")
            #expect(transcript.closeNotify)
            try await waiting.send("gemini://localhost/\r\n")
            #expect(try await waiting.readToEnd().closeNotify)
        }
    }

    @Test("The certificates of other hosts stay")
    func others() async throws {
        try await Self.withAgingServer(Recorder()) { server, _, renewal in
            var tls = TestConnection.TLS()
            tls.serverName = "other.test"
            let before = try await Self.certificate(server.connect(tls))
            await renewal.renewDue()
            let after = try await Self.certificate(server.connect(tls))
            #expect(after == before)
        }
    }

    @Test("One that cannot be written is an error in the log, and the old one goes on")
    func failing() async throws {
        let folder = try TemporaryDirectory()
        let identity = try AutomaticIdentity(
            names: ["localhost"],
            days: 80,
            directory: StateDirectory(path: folder.path("state")),
            at: Timestamp.now - .seconds(60 * 86_400)
        )
        let host = VirtualHost(names: [try Host("localhost")], identity: .automatic(identity), responder: Recorder())
        try await withServer(hosts: [host]) { server in
            let before = identity.current.leaf
            // A file where the folder was.
            try folder.replace("state", with: "not a folder")
            await server.running.upkeep.renewDue()
            #expect(server.log.contains("The certificate for localhost could not be renewed, and will be tried again"))
            let transcript = try await server.answer(to: "gemini://localhost/")
            #expect(transcript.header == "20 text/plain")
            #expect(identity.current.leaf == before)
        }
    }

    @Test(
        "One that cannot be renewed keeps no other from it",
        arguments: [["a.test", "b.test"], ["b.test", "a.test"]]
    )
    func beside(names: [String]) async throws {
        let folder = try TemporaryDirectory()
        let made = Timestamp.now - .seconds(60 * 86_400)
        let identities = try names.map { name in
            try AutomaticIdentity(names: [name], days: 80, directory: StateDirectory(path: folder.path(name)), at: made)
        }
        let hosts = try zip(names, identities).map { name, identity in
            VirtualHost(names: [try Host(name)], identity: .automatic(identity), responder: Recorder())
        }
        try await withServer(hosts: hosts) { server in
            try folder.replace("a.test", with: "not a folder")
            await server.running.upkeep.renewDue()
            var tls = TestConnection.TLS()
            tls.serverName = "b.test"
            let shown = try await Self.certificate(server.connect(tls))
            #expect(try #require(shown.notBefore) > made + .seconds(86_400), "it was made just now")
        }
    }

    @Test("A certificate that somebody else looks after needs no looks")
    func fixed() async throws {
        try await withServer { server in
            #expect(server.running.upkeep.interval == nil)
        }
    }

    @Test("It looks by itself, every now and then")
    func looking() async throws {
        try await Self.withAgingServer(Recorder()) { server, identity, renewal in
            let before = identity.current.leaf
            var renewal = renewal
            renewal.renewalInterval = .milliseconds(10)
            let task = Task { [renewal] in await renewal.run() }
            #expect(await eventually { identity.current.leaf != before })
            task.cancel()
            await task.value
        }
    }
}
