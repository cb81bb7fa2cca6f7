import GeminiProtocol
import GeminiTLS
import NIOSSL
import TestSupport
import Testing

@testable import GeminiClient

@Suite("Trust before anything is said")
struct TrustTests {
    @Test(
        "GP-176: a server that is refused sees no request and no certificate",
        arguments: [TLSVersion.tlsv12, .tlsv13]
    )
    func refused(version: TLSVersion) async throws {
        var tls = try ScriptedServer.TLS()
        tls.versions = version...version
        let identity = try ClientIdentity.test()
        try await withScriptedServer(tls: tls) {
            try await $0.answer("20 text/plain\r\n")
        } _: { server in
            let trust = TestTrust { .refused(.notPinned($0.certificate!)) }
            let client = makeClient(trust: trust, identities: TestIdentities([("gemini://", identity)]))
            let untrusted = try #require(try await client.fetch(server.url("/secret")).untrusted)
            #expect(untrusted.presentation.certificate?.fingerprint == server.identity?.leaf.fingerprint)
            #expect(untrusted.presentation.port == UInt16(server.port))
            #expect(untrusted.problem == .notPinned(untrusted.presentation.certificate!))
            #expect(untrusted.url == (try server.url("/secret")))
            #expect(await server.becomesIdle())
            #expect(await eventually { server.visits[0].isHandshakeDone == false })
            #expect(server.visits[0].received.bytes.isEmpty)
            #expect(server.visits[0].certificate == nil)
        }
    }

    @Test("GP-170: a policy without an opinion lets nobody in")
    func undecided() async throws {
        try await withScriptedServer {
            try await $0.answer("20 text/plain\r\n")
        } _: { server in
            let outcome = try await makeClient(trust: TestTrust { _ in .undecided }).fetch(server.url())
            guard case .undecided = outcome.untrusted?.problem else {
                Issue.record("\(outcome)")
                return
            }
            guard case .untrusted = await error(of: { try outcome.get() }) else {
                Issue.record("a page")
                return
            }
        }
    }

    @Test("A policy may take its time, which is the handshake's")
    func slow() async throws {
        let gate = Gate()
        try await withScriptedServer {
            try await $0.answer("20 text/plain\r\n")
        } _: { server in
            let trust = TestTrust { _ in
                try? await gate.wait()
                return .trusted
            }
            let client = makeClient(trust: trust)
            let url = try server.url()
            async let page = client.page(at: url)
            await gate.entered()
            #expect(server.visits[0].isHandshakeDone == nil)
            gate.open()
            _ = try await page

            let impatient = makeClient(
                trust: TestTrust { _ in
                    try? await Task.sleep(for: .seconds(3600))
                    return .trusted
                }
            ) { $0.limits.handshakeTimeout = .milliseconds(200) }
            guard case .timedOut(_, .handshake) = await error(of: { try await impatient.page(at: url) }) else {
                Issue.record("no error")
                return
            }
            #expect(await server.becomesIdle())
        }
    }

    @Test("GP-170: servers with every kind of key can be met", arguments: TestIdentity.KeyKind.allCases)
    func keys(kind: TestIdentity.KeyKind) async throws {
        let directory = try TemporaryDirectory()
        let pem = try TestIdentity(kind, commonName: "localhost").pem
        var tls = try ScriptedServer.TLS()
        tls.identity = try Identity.load(from: try directory.write(pem, to: "server.pem"), at: .now)
        for version in [TLSVersion.tlsv12, .tlsv13] {
            tls.versions = version...version
            try await withScriptedServer(tls: tls) {
                try await $0.answer("20 text/plain\r\nabc")
            } _: { server in
                let page = try await makeClient().page(at: server.url())
                #expect(try page.text == "abc")
            }
        }
    }
}
