import TestSupport
import Testing

/// `canaveral get` by way of another server or address than the URL names.
@Suite("canaveral get --proxy and --connect")
struct GetElsewhereTests {
    @Test("GP-186: a proxy is asked for what is at other hosts, in its own scheme or another")
    func proxy() async throws {
        try await withScriptedServer {
            try await $0.answer("20 text/plain\r\nrelayed")
        } _: { server in
            for url in ["gemini://example.org/x", "https://example.org/x"] {
                let result = try await Site().runAlongside(["get", "--proxy", "localhost:\(server.port)", url])
                #expect(result.output == "relayed", "\(result.errors)")
                #expect(server.requests.last == url)
                #expect(server.visits.last?.serverName == "localhost")
            }
        }
    }

    @Test("--connect reaches a host whose name leads nowhere yet: request, SNI and trust are the host's")
    func connect() async throws {
        let tls = try ScriptedServer.TLS(names: ["new.example"])
        try await withScriptedServer(tls: tls) {
            try await $0.answer("20 text/plain\r\nnew")
        } _: { server in
            let site = try Site()
            let (elsewhere, store) = ("127.0.0.1:\(server.port)", site.folder.path("known_hosts"))
            let result = try await site.runAlongside(
                ["get", "--connect", elsewhere, "--known-hosts", store, "new.example/x"]
            )
            #expect(result.output == "new", "\(result.errors)")
            let samePort = try await site.runAlongside(
                ["get", "--connect", "127.0.0.1", "new.example:\(server.port)/x"]
            )
            #expect(samePort.output == "new", "\(samePort.errors)")
            #expect(server.requests == ["gemini://new.example/x", "gemini://new.example:\(server.port)/x"])
            #expect(server.visits.map(\.serverName) == ["new.example", "new.example"])
            #expect(site.content("known_hosts")?.contains("new.example") == true)
        }
    }

    @Test(
        "What --connect cannot take is told with what it can",
        arguments: [
            ("unix:/run/x", "a Unix socket cannot be connected to; it takes a host name or an address"),
            (":20601", "the address in front of the port is missing; it takes"),
            ("http://127.0.0.1:1/x", "no URL is meant, but the server in it, as 127.0.0.1:1."),
            ("127.0.0.1:", "the port behind the colon is missing; it takes"),
            ("[::1]:", "the port behind the colon is missing; it takes"),
            ("a b", "it takes a host name or an address, with a port or without"),
        ]
    )
    func invalidConnect(_ value: String, _ text: String) async throws {
        for command in ["get", "doctor"] {
            let result = try await Site().run(command, "--connect", value, "gemini://localhost/")
            #expect(result.status == .exit(64))
            #expect(result.sentence?.contains(text) == true, "\(result.errors)")
        }
    }

    @Test("What fails behind redirects is named, and what was asked for too")
    func redirected() async throws {
        try await withScriptedServer { visit in
            let request = try await visit.request()
            try await visit.send(request.hasSuffix("/a") ? "31 /b\r\n" : "51 Nothing\r\n")
            try await visit.connection.closeOutput()
        } _: { server in
            let result = try await Site().runAlongside(["get", server.url("/a")])
            #expect(result.status == .exit(50))
            #expect(
                result.errors
                    == "canaveral: \(server.url("/b")) (redirected from \(server.url("/a"))): There is no page at this "
                    + "address. The server says: Nothing\n"
            )
        }
    }

    @Test("A redirect to another host leads there, not to --connect; what cannot be reached is named")
    func connectElsewhere() async throws {
        try await withScriptedServer { visit in
            let request = try await visit.request()
            try await visit.send(request.contains("new.example") ? "30 gemini://localhost:1/\r\n" : "20 text/plain\r\n")
            try await visit.connection.closeOutput()
        } _: { server in
            let site = try Site()
            let result = try await site.runAlongside(["get", "--connect", "127.0.0.1:\(server.port)", "new.example"])
            #expect(
                result.sentence
                    == "localhost cannot be reached at port 1: connection refused (gemini://localhost:1/, redirected from "
                    + "gemini://new.example/; --connect holds for the first host only)."
            )
            #expect(server.requests == ["gemini://new.example/"])
        }
        let result = try await Site().run("get", "--connect", "127.0.0.1:1", "new.example")
        #expect(result.sentence?.hasPrefix("127.0.0.1 cannot be reached at port 1") == true, "\(result.errors)")
    }
}
