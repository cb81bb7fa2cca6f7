import Foundation
import GeminiProtocol
import GeminiTLS
import TestSupport
import Testing

/// What a person decides about servers that are not the ones that they were.
@Suite("canaveral get and the certificates of servers")
struct TrustCommandTests {
    private static let otherKey = String(repeating: "0", count: 64)

    /// A site on which the server is known.
    ///
    /// - Parameter key: by this key; its own unless given.
    private static func site(
        for server: ScriptedServer,
        key: String = Self.otherKey,
        certificate: String = Self.otherKey
    ) throws -> Site {
        let site = try Site()
        try site.folder.write(
            """
            # Known hosts of Gemini servers, version 1; lines that are not understood are kept as they are.
            localhost:\(server.port) known key=\(key) certificate=\(certificate) until=2999-01-01T00:00:00Z

            """,
            to: "known"
        )
        return site
    }

    private static func key(of server: ScriptedServer) -> String {
        server.identity?.leaf.publicKeyFingerprint?.spelled(.lowerHexadecimal) ?? ""
    }

    @Test("GP-171: the first certificate is kept, and nothing is asked")
    func first() async throws {
        try await withScriptedServer {
            try await $0.answer("20 text/plain\r\nx")
        } _: { server in
            let site = try Site()
            #expect(try await site.runAlongside(["get", server.url()]).errors.isEmpty)
            let list = try await site.runAlongside(["known-hosts", "list"])
            #expect(
                list.output.hasPrefix("localhost:\(server.port)  \(Self.key(of: server))  until "),
                "\(list.output)"
            )
        }
    }

    @Test("GP-172: without a terminal a changed certificate is an error that says what to do, and what to do works")
    func changed() async throws {
        try await withScriptedServer {
            try await $0.answer("20 text/plain\r\nx")
        } _: { server in
            let site = try Self.site(for: server)
            let result = try await site.runAlongside(["get", "--known-hosts", "known", server.url()])
            #expect(result.status == .exit(1))
            #expect(result.output.isEmpty)
            #expect(result.errors.contains("somebody may be in between."))
            #expect(result.errors.contains("known key  \(Self.otherKey), valid until 2999-01-01T00:00:00Z"))
            #expect(result.errors.contains("key now    \(Self.key(of: server)), valid until"))
            #expect(server.requests.isEmpty)

            let remedy = "canaveral known-hosts forget localhost:\(server.port) --known-hosts known."
            #expect(result.errors.contains(remedy))
            let words = remedy.dropLast().split(separator: " ").dropFirst().map(String.init)
            #expect(try await site.runAlongside(words).status == .exit(0))
            #expect(try await site.runAlongside(["get", "--known-hosts", "known", server.url()]).output == "x")
        }
    }

    @Test("GP-172: at a terminal the person is asked; yes keeps the new one, anything else asks nothing of the server")
    func asked() async throws {
        try await withScriptedServer {
            try await $0.answer("20 text/plain\r\npage")
        } _: { server in
            let site = try Self.site(for: server)
            for (answer, isTrusted) in [("n", false), ("", false), ("y", true)] {
                let terminal = try PseudoTerminal()
                let program = try site.start(["get", "--known-hosts", "known", server.url()], on: terminal)
                try await program.says("[y/N] ")
                try terminal.type("\(answer)\n")
                #expect(try await program.end() == .exit(isTrusted ? 0 : 1))
                #expect(program.errors.contains("page\r\n") == isTrusted)
                #expect(server.requests.isEmpty == !isTrusted)
            }
            #expect(try await site.runAlongside(["get", "--known-hosts", "known", server.url()]).errors.isEmpty)
        }
    }

    @Test("GP-175: a new certificate for the same key is no change, except with --strict")
    func renewed() async throws {
        try await withScriptedServer {
            try await $0.answer("20 text/plain\r\nx")
        } _: { server in
            let site = try Self.site(for: server, key: Self.key(of: server))
            let strict = try await site.runAlongside(["get", "--strict", "--known-hosts", "known", server.url()])
            #expect(strict.status == .exit(1))
            let certificate = server.identity?.leaf.fingerprint.spelled(.lowerHexadecimal) ?? "none"
            #expect(strict.errors.contains("known      \(Self.otherKey)"), "\(strict.errors)")
            #expect(strict.errors.contains("shown now  \(certificate)"), "\(strict.errors)")
            #expect(try await site.runAlongside(["get", "--known-hosts", "known", server.url()]).status == .exit(0))
        }
    }

    @Test("--insecure takes any certificate, and remembers none")
    func insecure() async throws {
        try await withScriptedServer {
            try await $0.answer("20 text/plain\r\nx")
        } _: { server in
            let site = try Self.site(for: server)
            let before = site.content("known")
            let result = try await site.runAlongside(["get", "--insecure", "--known-hosts", "known", server.url()])
            #expect(result.output == "x")
            #expect(site.content("known") == before)
        }
    }

    @Test("A file of known hosts that cannot be read is no reason to trust")
    func damaged() async throws {
        try await withScriptedServer {
            try await $0.answer("20 text/plain\r\nx")
        } _: { server in
            let site = try Site()
            let result = try await site.runAlongside(["get", "--known-hosts", "capsule", server.url()])
            #expect(result.status == .exit(1))
            #expect(result.errors.contains("cannot be trusted"), "\(result.errors)")
            #expect(server.requests.isEmpty)
        }
    }
}
