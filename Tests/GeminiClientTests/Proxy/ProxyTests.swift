import GeminiProtocol
import TestSupport
import Testing

@testable import GeminiClient

@Suite("Requests through a proxy")
struct ProxyTests {
    @Test("GP-186: connection, SNI, trust and identity are the proxy's; the request line is the origin's")
    func relay() async throws {
        let (mine, theirs) = (try ClientIdentity.test("for the proxy"), try ClientIdentity.test("for the origin"))
        try await withScriptedServer {
            try await $0.answer("20 text/plain\r\nrelayed")
        } _: { server in
            let trust = TestTrust()
            let proxy = ProxyServer(host: try Host("proxy.example"), port: UInt16(server.port))
            let identities = TestIdentities([
                ("gemini://proxy.example:\(server.port)/", mine), ("gemini://origin.example/", theirs),
            ])
            let client = makeClient(trust: trust, identities: identities) { $0.proxy = proxy }
            let page = try await client.page(at: "gemini://origin.example/a?b")
            #expect(try page.text == "relayed")
            #expect(server.requests == ["gemini://origin.example/a?b"])
            #expect(server.visits[0].serverName == "proxy.example")
            #expect(trust.presentations.map(\.host.description) == ["proxy.example"])
            #expect(trust.presentations.map(\.port) == [UInt16(server.port)])
            #expect(page.exchange.identity?.fingerprint == mine.fingerprint)
            #expect(page.exchange.proxy == proxy)
            #expect(page.url.host.description == "origin.example")
        }
    }

    @Test("GP-185: without a proxy none is told; GP-184: none is used unless it is asked for")
    func direct() async throws {
        try await withScriptedServer {
            try await $0.answer("20 text/plain\r\n")
        } _: { server in
            let page = try await makeClient().page(at: server.url())
            #expect(page.exchange.proxy == nil)
        }
    }

    @Test("GP-180: a proxy may take other schemes, and redirects stay with it")
    func otherSchemes() async throws {
        try await withScriptedServer { visit in
            try await visit.answer(visit.number == 0 ? "30 /b\r\n" : "20 text/plain\r\n")
        } _: { server in
            let client = makeClient {
                $0.proxy = ProxyServer(host: try! Host("localhost"), port: UInt16(server.port), schemes: ["https"])
            }
            let page = try await client.page(at: "https://example.org/a")
            #expect(server.requests == ["https://example.org/a", "https://example.org/b"])
            #expect(page.exchange.proxy != nil)
            // Its own scheme is not the proxy's: this goes to the host itself.
            let direct = try await client.page(at: server.url("/c"))
            #expect(direct.exchange.proxy == nil)
        }
    }

    @Test("GP-156: a certificate that a proxy asks for is for the proxy")
    func certificate() async throws {
        try await withScriptedServer {
            try await $0.answer("60 Who?\r\n")
        } _: { server in
            let client = makeClient { $0.proxy = ProxyServer(host: try! Host("localhost"), port: UInt16(server.port)) }
            let request = try #require(try await client.fetch(GeminiURL("gemini://origin.example/a")).certificate)
            #expect(request.scope == (try server.url("/")))
        }
    }
}
