import GeminiProtocol
import TestSupport
import Testing

@testable import GeminiClient

@Suite("robots.txt")
struct RobotsTests {
    private func allows(_ text: String, _ path: String, _ agents: Set<RobotsAgent>) throws -> Bool {
        RobotsRules(parsing: text).allows(try GeminiURL("gemini://h\(path)"), agents: agents)
    }

    @Test("RB-03: only User-agent and Disallow mean anything; Allow in particular does not")
    func grammar() throws {
        let text = """
            # For everybody
            User-agent: *   # indeed
            Crawl-delay: 5
            Allow: /private/door
            Disallow: /private/  # and below
            Sitemap: gemini://h/map
            nonsense
            disallow:/other
            """
        #expect(try !self.allows(text, "/private/", [.indexer]))
        #expect(try !self.allows(text, "/private/door", [.indexer]))
        #expect(try self.allows(text, "/private", [.indexer]))
        #expect(try !self.allows(text, "/other/x", []))
        #expect(try self.allows(text, "/", []))
        #expect(try !self.allows(text.replacing("\n", with: "\r\n"), "/private/", []))
        #expect(try !self.allows(text.replacing("\n", with: "\r"), "/private/", []))
        #expect(try !self.allows("\u{FEFF}User-agent: *\nDisallow: /", "/", []))
    }

    @Test(
        "RB-04, RB-05: the four kinds have rules of their own",
        arguments: [
            (RobotsAgent.archiver, "/archive"), (.indexer, "/search"), (.researcher, "/study"), (.webproxy, "/web"),
        ]
    )
    func kinds(agent: RobotsAgent, path: String) throws {
        let text = """
            User-agent: archiver
            Disallow: /archive
            User-agent: indexer
            Disallow: /search
            User-agent: researcher
            Disallow: /study
            User-agent: webproxy
            Disallow: /web
            """
        for other in ["/archive", "/search", "/study", "/web", "/free"] {
            #expect(try self.allows(text, other, [agent]) == (other != path))
        }
    }

    @Test("RB-05, RB-06: who is several things obeys all of it, and its own name's rules")
    func union() throws {
        let text =
            "User-agent: archiver\nDisallow: /a\n\nUser-agent: My-Crawler\nDisallow: /m\n\nUser-agent: *\nDisallow: /all\n"
        let agents: Set<RobotsAgent> = [.archiver, .indexer, "my-crawler"]
        #expect(try !self.allows(text, "/a", agents))
        #expect(try !self.allows(text, "/m", agents))
        // Nothing names indexers, so that they obey what is for all.
        #expect(try !self.allows(text, "/all", agents))
        #expect(try self.allows(text, "/else", agents))
    }

    @Test("RB-07: a group for a name replaces the one for all; an empty Disallow allows everything")
    func specific() throws {
        let text = "User-agent: *\nDisallow: /\n\nUser-agent: INDEXER\nDisallow:\n"
        #expect(try self.allows(text, "/x", [.indexer]))
        #expect(try !self.allows(text, "/x", [.archiver]))
        #expect(try !self.allows(text, "/x", [.archiver, .indexer]))
    }

    @Test("RB-07: names one after the other share rules; a rule without a name is none's")
    func groups() throws {
        let text = "Disallow: /lost\nUser-agent: archiver\n\n# and\nUser-agent: indexer\nDisallow: /x\nDisallow: /y\n"
        for agent in [RobotsAgent.archiver, .indexer] {
            #expect(try !self.allows(text, "/x", [agent]))
            #expect(try !self.allows(text, "/y", [agent]))
        }
        #expect(try self.allows(text, "/lost", [.archiver]))
        // What means nothing still ends a list of names.
        let allowed = "User-agent: archiver\nAllow: /\nUser-agent: *\nDisallow: /\n"
        #expect(try self.allows(allowed, "/x", [.archiver]))
        #expect(try !self.allows(allowed, "/x", [.indexer]))
    }

    @Test("RB-07: paths compare decoded, but for an encoded slash; the query belongs to them")
    func decoding() throws {
        #expect(try !self.allows("User-agent: *\nDisallow: /caf%C3%A9", "/café", []))
        #expect(try !self.allows("User-agent: *\nDisallow: /café", "/caf%c3%a9/x", []))
        #expect(try !self.allows("User-agent: *\nDisallow: /%7Euser", "/~user", []))
        #expect(try self.allows("User-agent: *\nDisallow: /a%2Fb", "/a/b", []))
        #expect(try !self.allows("User-agent: *\nDisallow: /search?", "/search?x", []))
        #expect(try self.allows("User-agent: *\nDisallow: /search?", "/search", []))
        #expect(try !self.allows("User-agent: *\nDisallow: /100%", "/100%25", []))
    }

    @Test("A group of very many names and rules costs what its file does", .timeLimit(.minutes(10)))
    func manyNames() throws {
        let names = (0..<10_000).map { "User-agent: a\($0)\n" }.joined()
        let text = names + String(repeating: "Disallow: /x\n", count: 20_000)
        #expect(text.utf8.count < RobotsRules.maximumSize)
        #expect(try !self.allows(text, "/x", ["a9999"]))
        #expect(try self.allows(text, "/y", ["a9999"]))
        #expect(try self.allows(text, "/x", ["b"]))
    }

    @Test("No rules allow everything, and no trust in a server allows nothing")
    func extremes() throws {
        #expect(try self.allows("", "/", [.indexer]))
        let url = try GeminiURL("gemini://h/x")
        #expect(RobotsRules.unrestricted.allows(url, agents: [.webproxy]))
        #expect(!RobotsRules.forbidden.allows(url, agents: [.webproxy]))
    }

    @Test(
        "RB-02, RB-07: 51 means no rules; what may pass means to stay away",
        arguments: [
            ("20 text/plain\r\nUser-agent: *\nDisallow: /x\n", false, true),
            ("20 text/gemini\r\nUser-agent: *\nDisallow: /x\n", false, true),
            ("20 image/png\r\nUser-agent: *\nDisallow: /x\n", true, true),
            ("51 Not found\r\n", true, true), ("52 Gone\r\n", true, true), ("60 Who?\r\n", true, true),
            ("40 Later\r\n", false, false), ("44 60\r\n", false, false), ("nonsense\r\n", false, false),
        ]
    )
    func fetching(answer: String, allowsX: Bool, allowsOther: Bool) async throws {
        try await withScriptedServer {
            try await $0.answer(answer)
        } _: { server in
            let rules = try await makeClient().robots(for: server.url("/a/b?c"))
            #expect(server.requests == ["gemini://localhost:\(server.port)/robots.txt"])
            #expect(rules.allows(try server.url("/x"), agents: [.indexer]) == allowsX)
            #expect(rules.allows(try server.url("/other"), agents: [.indexer]) == allowsOther)
        }
    }

    @Test("RB-07: a server that cannot be reached, or is not trusted, is left alone")
    func unreachable() async throws {
        let port = try await withScriptedServer { _ in
        } _: {
            $0.port
        }
        let rules = try await makeClient().robots(for: GeminiURL("gemini://localhost:\(port)/"))
        #expect(rules == .forbidden)
        try await withScriptedServer {
            try await $0.answer("51 no\r\n")
        } _: { server in
            let client = makeClient(trust: TestTrust { _ in .undecided })
            let rules = try await client.robots(for: server.url())
            #expect(rules == .forbidden)
        }
    }

    @Test("RB-02: the rules are fetched once for a host and port, until they are old")
    func cache() async throws {
        try await withScriptedServer { visit in
            try await visit.answer("20 text/plain\r\nUser-agent: *\nDisallow: /\(visit.number)\n")
        } _: { server in
            let urls = try (0...2).map { try server.url("/\($0)") }
            let cache = RobotsCache(makeClient())
            #expect(try await !cache.allows(urls[0], agents: []))
            #expect(try await cache.allows(urls[1], agents: []))
            #expect(server.requests.count == 1)
            let forgetful = RobotsCache(makeClient(), lifetime: .zero)
            #expect(try await !forgetful.allows(urls[1], agents: []))
            #expect(try await !forgetful.allows(urls[2], agents: []))
        }
    }
}
