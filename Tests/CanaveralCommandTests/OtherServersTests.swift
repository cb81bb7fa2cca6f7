import Foundation
import NIOSSL
import TestSupport
import Testing

/// Requests and connections that go to other servers.
@Suite("Other servers", .timeLimit(.minutes(10)))
struct OtherServersTests {
    private static func freePort() async throws -> Int {
        try await withScriptedServer(isPlain: true) { _ in
        } _: {
            $0.port
        }
    }

    /// Runs a server behind another one.
    private static func behind(
        at port: Int,
        _ body: (ScriptedServer) async throws -> Void
    ) async throws {
        try await withScriptedServer(port: port, isSecond: true) {
            try await $0.answer("20 text/plain\r\nfrom behind")
        } _: {
            try await body($0)
        }
    }

    @Test("--proxy asks another server for a path and what is beneath it, uploads too, and remembers its certificate")
    func proxy() async throws {
        let site = try Site()
        let port = try await Self.freePort()
        try await site.serve("--proxy", "/wiki/=gemini://localhost:\(port)/base/") { server async throws in
            try await Self.behind(at: port) { origin async throws in
                #expect(
                    try await server.answer(to: "gemini://localhost/wiki/x?q").text == "20 text/plain\r\nfrom behind"
                )
                #expect(try await server.answer(to: "titan://localhost/wiki/f;size=0").text.hasSuffix("from behind"))
                #expect(try await server.answer(to: "gemini://localhost/wikis").header.hasPrefix("51 "))
                #expect(try await server.answer(to: "gemini://localhost/").text.hasSuffix("# Home\n"))
                #expect(try await server.answer(to: "titan://localhost/f;size=0").header.hasPrefix("50 "))
                #expect(
                    origin.requests == [
                        "gemini://localhost:\(port)/base/x?q",
                        "titan://localhost:\(port)/base/f;size=0;mime=text/gemini",
                    ]
                )
            }
        }
        let known = try String(contentsOfFile: site.state + "/known_hosts", encoding: .utf8)
        #expect(known.contains("localhost:\(port) known"))
    }

    @Test("--pass-through hands connections on as they are")
    func passThrough() async throws {
        let site = try Site()
        let identity = try TestIdentity(.p256)
        var tls = try identity.tls()
        tls.serverName = "astro.example"
        let port = try await Self.freePort()
        try await site.serve("--pass-through", "astro.example=127.0.0.1:\(port)") { [tls] server async throws in
            try await Self.behind(at: port) { backEnd async throws in
                let passed = try await server.answer(to: "gemini://astro.example/", tls: tls)
                #expect(passed.text == "20 text/plain\r\nfrom behind")
                #expect(try backEnd.visits[0].certificate?.toDERBytes() == identity.der)
                #expect(try await server.answer(to: "gemini://localhost/").text.hasSuffix("# Home\n"))
                #expect(await eventually { server.program.output.contains("\"tls://astro.example\" - \"-\" ") })
            }
        }
    }

    @Test(
        "What is no path and address is an error that says what is",
        arguments: [
            (["--proxy", "wiki=gemini://b/"], "it takes a path"), (["--proxy", "/wiki"], "it takes a path"),
            (["--proxy", "/wiki=https://b/"], "is no gemini:// address"),
            (["--proxy", "/a=gemini://b/", "--proxy", "/a/=gemini://c/"], "Two servers are to answer for /a/"),
            (["--proxy", "/a=gemini://b/", "--scgi", "/a=127.0.0.1:4000"], "Programs are to answer for /a"),
            (["--proxy", "/a=gemini://b/", "--cgi-dir", "a"], "Programs are to answer for /a"),
            (["--pass-through", "127.0.0.1=b"], "it takes a host name"),
            (["--pass-through", "a.example=b/c"], "is no address of a server"),
            (["--proxy-header", "v3", "--proxy", "/=gemini://b/"], "v1 or v2"),
            (["--proxy-header", "v1"], "--proxy-header needs --proxy or --pass-through"),
        ]
    )
    func mistakes(_ arguments: [String], _ expected: String) async throws {
        let result = try await Site().run(arguments)
        #expect(result.status == .exit(64))
        #expect(result.errors.contains(expected))
    }

    @Test("A name that is served and passed through is an error that names it")
    func twice() async throws {
        let result = try await Site().run(["--port", "0", "--pass-through", "localhost=127.0.0.1:1966"])
        #expect(result.status == .exit(78))
        #expect(result.errors.contains("localhost is the name of two hosts"))
    }
}
