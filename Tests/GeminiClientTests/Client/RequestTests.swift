import GeminiProtocol
import TestSupport
import Testing

@testable import GeminiClient

@Suite("Requests of the client")
struct RequestTests {
    @Test("GP-040: a request is the absolute URL and CRLF, and nothing else")
    func bytes() async throws {
        try await withScriptedServer {
            try await $0.answer("20 text/gemini\r\n")
            try await $0.clientLeft()
        } _: { server in
            _ = try await makeClient().page(at: server.url("/a?b"))
            #expect(await server.becomesIdle())
            let sent = server.visits[0].received
            #expect(sent.text == "gemini://localhost:\(server.port)/a?b\r\n")
            #expect(sent.closeNotify)
        }
    }

    @Test(
        "GP-025, GP-046, GP-047: what a person typed is sent in its normal form, without a fragment",
        arguments: [
            ("GEMINI://Ex.Org:PORT/a/./b/../c d", "gemini://ex.org:PORT/a/c%20d"),
            ("gemini://ex.org:PORT", "gemini://ex.org:PORT/"),
            ("gemini://ex.org:PORT?q", "gemini://ex.org:PORT/?q"),
            ("gemini://ex.org:PORT/p#s", "gemini://ex.org:PORT/p"),
            ("gemini://ex.org:PORT/a+b", "gemini://ex.org:PORT/a+b"),
            ("gemini://café.example:PORT/ü", "gemini://xn--caf-dma.example:PORT/%C3%BC"),
        ]
    )
    func normalForm(typed: String, sent: String) async throws {
        try await withScriptedServer {
            try await $0.answer("20 text/gemini\r\n")
        } _: { server in
            let port = "\(server.port)"
            let page = try await makeClient().page(at: typed.replacing("PORT", with: port))
            #expect(server.requests == [sent.replacing("PORT", with: port)])
            #expect(page.requestedURL == page.url)
        }
    }

    @Test("GP-025: the default port is not written, and is where the client connects (GP-001, GP-023)")
    func defaultPort() async throws {
        let url = try GeminiURL("GEMINI://Ex.Org:1965/a/./b/../c")
        #expect(url.description == "gemini://ex.org/a/c")
        #expect(url.effectivePort == 1965)
        let client = makeClient { $0.makeResolver = { LoopbackResolver(eventLoop: $0, v4: ["127.0.0.254"]) } }
        guard case .cannotConnect(let host, port: 1965, _) = await error(of: { try await client.page(at: url) }) else {
            Issue.record("no connection to port 1965 was tried")
            return
        }
        #expect(host.description == "ex.org")
    }

    @Test("GP-021: userinfo is an error before anything is connected", arguments: ["u@", "u:p@", "@"])
    func userinfo(userinfo: String) async throws {
        try await withScriptedServer {
            try await $0.answer("20 text/gemini\r\n")
        } _: { server in
            let failure = await error {
                try await makeClient().page(at: "gemini://\(userinfo)localhost:\(server.port)/")
            }
            guard case .invalidURL(_, .userinfo) = failure else {
                Issue.record("\(String(describing: failure))")
                return
            }
            #expect(server.visits.isEmpty)
        }
    }

    @Test("GP-041: a URL of 1,025 bytes is refused before anything is connected, one of 1,024 is sent")
    func length() async throws {
        try await withScriptedServer {
            try await $0.answer("20 text/gemini\r\n")
        } _: { server in
            let start = try server.url("/").description
            let longest = start + String(repeating: "a", count: 1024 - start.utf8.count)
            let client = makeClient()
            guard case .invalidRequest(.tooLong) = await error(of: { try await client.page(at: longest + "a") }) else {
                Issue.record("no error")
                return
            }
            #expect(server.visits.isEmpty)
            _ = try await client.page(at: longest)
            #expect(server.requests == [longest])
        }
    }

    @Test("GP-020: other schemes are an error before anything is connected", arguments: ["https", "titan", "gopher"])
    func otherScheme(scheme: String) async throws {
        guard case .unsupportedScheme(scheme) = await error(of: { try await makeClient().page(at: "\(scheme)://h/") })
        else {
            Issue.record("no error")
            return
        }
    }

    @Test(
        "GP-005, GP-028: SNI is the host's A-label, without a dot at its end",
        arguments: [
            ("localhost", "localhost"), ("café.example", "xn--caf-dma.example"), ("EXAMPLE.org.", "example.org"),
        ]
    )
    func serverName(host: String, name: String) async throws {
        try await withScriptedServer {
            try await $0.answer("20 text/gemini\r\n")
        } _: { server in
            let trust = TestTrust()
            let page = try await makeClient(trust: trust).page(at: "gemini://\(host):\(server.port)/")
            #expect(server.visits[0].serverName == name)
            #expect(trust.presentations.map(\.host.description) == [name])
            #expect(page.exchange.tls.serverName == name)
        }
    }

    @Test("GP-006: for an address there is no SNI", arguments: ["127.0.0.1", "[::1]"])
    func noServerName(host: String) async throws {
        let address = host == "[::1]" ? "::1" : host
        try await withScriptedServer(host: address) {
            try await $0.answer("20 text/gemini\r\n")
        } _: { server in
            let page = try await makeClient().page(at: server.url(host: host))
            #expect(server.visits[0].serverName == nil)
            #expect(server.requests == ["gemini://\(host):\(server.port)/"])
            #expect(page.exchange.tls.serverName == nil)
        }
    }
}
