import GeminiProtocol
import GeminiTLS
import NIOSSL
import TestSupport
import Testing

@testable import GeminiClient

@Suite("Client certificates")
struct CertificateTests {
    @Test("GP-094, GP-154, GP-155: 60 is returned with its text and a scope; nothing is made and nothing repeated")
    func required() async throws {
        try await withScriptedServer {
            try await $0.answer("60 Who are you?\r\n")
        } _: { server in
            let request = try #require(try await makeClient().fetch(server.url("/a/b?q#f")).certificate)
            #expect(request.reason == .required)
            #expect(request.serverMessage == "Who are you?")
            #expect(request.identity == nil)
            #expect(request.scope == (try server.url("/a/b")))
            #expect(server.requests.count == 1)
            #expect(server.visits[0].certificate == nil)
        }
    }

    @Test("GP-094: 61 and 62 tell which identity was refused")
    func refused() async throws {
        let identity = try ClientIdentity.test()
        try await withScriptedServer { visit in
            try await visit.answer(visit.number == 0 ? "61 Not you\r\n" : "62 Expired\r\n")
        } _: { server in
            let client = makeClient(identities: TestIdentities([("gemini://", identity)]))
            let first = try #require(try await client.fetch(server.url()).certificate)
            #expect(first.reason == .notAuthorized)
            #expect(first.identity?.fingerprint == identity.fingerprint)
            let second = try #require(try await client.fetch(server.url()).certificate)
            #expect(second.reason == .notValid)
            #expect(second.description.hasSuffix("The server says: Expired"))
        }
    }

    @Test("GP-160: a connection does not inherit the identity of the one before")
    func noResumption() async throws {
        let identity = try ClientIdentity.test()
        try await withScriptedServer {
            try await $0.answer("20 text/plain\r\n")
        } _: { server in
            let client = makeClient(identities: TestIdentities([(try server.url("/in").description, identity)]))
            _ = try await client.page(at: server.url("/in"))
            _ = try await client.page(at: server.url("/out"))
            _ = try await client.page(at: server.url("/in"))
            #expect(server.visits.map { $0.certificate != nil } == [true, false, true])
        }
    }

    @Test(
        "GP-008: before a certificate travels in clear the caller is asked, and may say no",
        arguments: [true, false]
    )
    func inClear(allowed: Bool) async throws {
        var tls = try ScriptedServer.TLS()
        tls.versions = .tlsv12 ... .tlsv12
        let identity = try ClientIdentity.test()
        try await withScriptedServer(tls: tls) {
            try await $0.answer("20 text/plain\r\n")
        } _: { server in
            let client = makeClient(identities: TestIdentities([("gemini://", identity)])) {
                $0.confirmIdentityInClear = { shown, server in
                    #expect(shown.fingerprint == identity.fingerprint)
                    #expect(server.certificate != nil)
                    return allowed
                }
            }
            let url = try server.url()
            if allowed {
                #expect(try await client.page(at: url).exchange.identity != nil)
            } else {
                guard case .identityInClear = await error(of: { try await client.page(at: url) }) else {
                    Issue.record("it travelled")
                    return
                }
                #expect(await server.becomesIdle())
                #expect(await eventually { server.visits[0].isHandshakeDone == false })
                #expect(server.visits[0].certificate == nil)
            }
        }
    }

    @Test("GP-008: in TLS 1.3, or without a certificate, nobody is asked")
    func notInClear() async throws {
        let identity = try ClientIdentity.test()
        for version in [TLSVersion.tlsv12, .tlsv13] {
            var tls = try ScriptedServer.TLS()
            tls.versions = version...version
            try await withScriptedServer(tls: tls) {
                try await $0.answer("20 text/plain\r\n")
            } _: { server in
                let prefix = version == .tlsv12 ? "gemini://elsewhere/" : "gemini://"
                let client = makeClient(identities: TestIdentities([(prefix, identity)])) {
                    $0.confirmIdentityInClear = { _, _ in false }
                }
                _ = try await client.page(at: server.url())
            }
        }
    }

    @Test("A server that demands a certificate in the handshake is an error of TLS")
    func demanded() async throws {
        var tls = try ScriptedServer.TLS()
        tls.requiresCertificate = true
        for version in [TLSVersion.tlsv12, .tlsv13] {
            tls.versions = version...version
            try await withScriptedServer(tls: tls) {
                try await $0.answer("20 text/plain\r\n")
            } _: { server in
                let url = try server.url()
                let failure = await error { try await makeClient().page(at: url) }
                guard case .tlsFailed = failure else {
                    Issue.record("\(String(describing: failure))")
                    return
                }
            }
        }
    }
}
