import Foundation
import TestSupport
import Testing

/// Who is let in, and how often, by what server, host and location say.
@Suite("Policy of a configuration", .timeLimit(.minutes(10)))
struct PolicyTests {
    static let files = [
        "root/index.gmi": "home\n", "root/members/index.gmi": "members\n", "root/members/deep/x.gmi": "deep\n",
        "root/other/x.gmi": "other\n", "zone/index.gmi": "zone\n", "zone/deep/x.gmi": "zone's deep\n",
    ]

    static func serve(
        server: String = "",
        host: String = "",
        _ locations: String...,
        body: (TestServer, ConfiguredSite) async throws -> Void
    ) async throws {
        let site = try ConfiguredSite(Self.files)
        let text =
            "\(server)\n[[host]]\nname = \"localhost\"\nroot = \"root\"\n\(host)\n"
            + locations.map { "[[host.location]]\n\($0)\n" }.joined()
        try await site.serve(text) { try await body($0, site) }
    }

    @Test("Rate limits of server, host and location all count, and 44 says the seconds to wait")
    func rateLimits() async throws {
        try await Self.serve(
            server: "rate-limit = \"9/h\"",
            host: "rate-limit = \"6/h\"",
            "path = \"/members/\"\nrate-limit = [\"3/h\", \"1000/s\"]"
        ) { server, _ async throws in
            for _ in 0..<3 { #expect(try await server.header("/members/") == "20 text/gemini") }
            let refused = try await server.header("/members/")
            let seconds = try #require(refused.hasPrefix("44 ") ? Int(refused.dropFirst(3)) : nil, "\(refused)")
            // One of three an hour comes back in twenty minutes.
            #expect((1100...1200).contains(seconds))
            try await server.expect("/", header: "20 text/gemini")
            try await server.expect("/", header: "20 text/gemini")
            let byHost = try await server.header("/")
            #expect((500...600).contains(try #require(Int(byHost.dropFirst(3)), "\(byHost)")))
        }
    }

    @Test("The server's limit is one for all hosts, and a host's is its own")
    func sharedLimit() async throws {
        let site = try ConfiguredSite(Self.files)
        func text(_ server: String, _ host: String) -> String {
            "\(server)\n"
                + ["localhost", "b.localhost"].map { "[[host]]\nname = \"\($0)\"\nroot = \"root\"\n\(host)\n" }.joined()
        }
        var other = TestConnection.TLS()
        other.serverName = "b.localhost"
        try await site.serve(text("rate-limit = \"1/h\"", "")) { [other] server async throws in
            try await server.expect("/", header: "20 text/gemini")
            #expect(try await server.answer(to: "gemini://b.localhost/", tls: other).header.hasPrefix("44 "))
        }
        try await site.serve(text("", "rate-limit = \"1/h\"")) { [other] server async throws in
            try await server.expect("/", header: "20 text/gemini")
            #expect(try await server.answer(to: "gemini://b.localhost/", tls: other).header == "20 text/gemini")
            #expect(try await server.header("/").hasPrefix("44 "))
        }
    }

    @Test("Addresses that are denied or not allowed get 50, wherever it is said")
    func addresses() async throws {
        try await Self.serve(
            "path = \"/members/\"\nallow-from = \"192.0.2.0/24\"",
            "path = \"/other/\"\nallow-from = \"127.0.0.0/8\"\ndeny-from = \"127.0.0.1\"",
            "path = \"/zone/\"\nroot = \"zone\"\nallow-from = [\"127.0.0.0/8\", \"::1\"]"
        ) { server, _ async throws in
            try await server.expect("/", header: "20 text/gemini")
            #expect(try await server.header("/members/").hasPrefix("50 "))
            #expect(try await server.header("/other/x.gmi").hasPrefix("50 "))
            try await server.expect("/zone/", text: "zone\n")
        }
        for (top, host) in [("deny-from = \"127.0.0.0/8\"", ""), ("", "deny-from = \"127.0.0.0/8\"")] {
            try await Self.serve(server: top, host: host, "path = \"/other/\"\nallow-from = \"127.0.0.1\"") {
                server,
                _ async throws in
                for path in ["/", "/other/x.gmi", "/nothing"] {
                    #expect(try await server.header(path).hasPrefix("50 "), "\(path)")
                }
            }
        }
    }

    @Test("A folder without its slash is redirected by the location, and not before its policy has spoken")
    func folders() async throws {
        try await Self.serve(
            "path = \"/members/\"\ndeny-from = \"127.0.0.1\"",
            "path = \"/other\"\nrate-limit = \"2/h\"",
            "path = \"/zone/\"\nroot = \"zone\"\nallow-certificates = \"\(String(repeating: "0", count: 64))\"",
        ) { server, _ async throws in
            for path in ["/members", "//members"] { #expect(try await server.header(path).hasPrefix("50 "), "\(path)") }
            for _ in 0..<2 { try await server.expect("/other?q", header: "31 gemini://localhost/other/?q") }
            #expect(try await server.header("/other").hasPrefix("44 "))
            // GP-157: the question for a certificate is asked at the top, and at no path that others begin with.
            try await server.expect("/zone", header: "31 gemini://localhost/zone/")
            #expect(try await server.header("/zone/").hasPrefix("60 "))
            #expect(try await server.header("/zone", tls: TestIdentity().tls()).hasPrefix("61 "))
        }
    }

    @Test("What is said of a server, a host or a location counts for its uploads too")
    func uploads() async throws {
        let titan = "path = \"/zone/\"\nroot = \"zone\"\ntitan = {}"
        try await Self.serve(titan) { server, site async throws in
            #expect(try await server.upload("a", to: "/zone/a.txt").hasPrefix("30 "))
            #expect(try site.content("zone/a.txt") == "a")
        }
        for (top, host, location, status) in [
            ("deny-from = \"127.0.0.1\"", "", "", "50 "), ("", "deny-from = \"127.0.0.1\"", "", "50 "),
            ("", "", "deny-from = \"127.0.0.1\"", "50 "), ("require-certificate = true", "", "", "60 "),
            ("", "require-certificate = true", "", "60 "), ("", "", "require-certificate = true", "60 "),
        ] {
            try await Self.serve(server: top, host: host, "\(location)\n\(titan)") { server, site async throws in
                #expect(try await server.upload("a", to: "/zone/a.txt").hasPrefix(status), "\(top) \(host) \(location)")
                #expect(!FileManager.default.fileExists(atPath: site.folder.path("zone/a.txt")))
            }
        }
        try await Self.serve(host: "rate-limit = \"1/h\"", titan) { server, _ async throws in
            #expect(try await server.upload("a", to: "/zone/a.txt").hasPrefix("30 "))
            #expect(try await server.upload("b", to: "/zone/a.txt").hasPrefix("44 "))
        }
    }
}
