import GeminiClient
import GeminiProtocol
import GeminiServer
import TestSupport
import Testing

@testable import GeminiLint

@Suite("Crawling a capsule")
struct CrawlTests {
    private func crawl(
        _ fetcher: ScriptedFetcher,
        maximumPages: Int = 100,
        external: Bool = false
    ) async throws -> CheckReport {
        await CapsuleCrawl(
            start: try GeminiURL("gemini://h/"),
            fetcher: fetcher,
            maximumPages: maximumPages,
            followsExternal: external
        ).run()
    }

    @Test("It stays on the host, and asks for each page once")
    func stays() async throws {
        let fetcher = ScriptedFetcher([
            "gemini://h/":
                "20 text/gemini\n=> a.gmi\n=> a.gmi#part\n=> gemini://other/\n=> gemini://h:1966/\n=> https://h/\n",
            "gemini://h/a.gmi": "20 text/gemini\n=> /\n=> b.txt\n=> a.gmi?q\n",
            "gemini://h/b.txt": "20 text/plain",
            "gemini://h/a.gmi?q": "10 Search",
        ])
        let report = try await self.crawl(fetcher)
        #expect(fetcher.asked == ["gemini://h/", "gemini://h/a.gmi", "gemini://h/b.txt", "gemini://h/a.gmi?q"])
        #expect(report.findings.isEmpty)
        #expect(report.pages == 2)
        #expect(report.links == 8)
        #expect(report.unchecked == 3)
    }

    @Test("What a link leads to is told at the link")
    func findings() async throws {
        let fetcher = ScriptedFetcher([
            "gemini://h/":
                "20 text/gemini\n=> gone\n=> moved\n=> away\n=> circle\n=> busy\n=> members\n=> off\n=> moved-to-gone\n",
            "gemini://h/gone": "52 Gone",
            "gemini://h/moved": "31 /here",
            "gemini://h/here": "20 text/plain",
            "gemini://h/away": "30 https://h/",
            "gemini://h/circle": "30 /circle",
            "gemini://h/busy": "41 Later",
            "gemini://h/members": "60 Who are you?",
            "gemini://h/off": "",
            "gemini://h/moved-to-gone": "30 /gone",
        ])
        let report = try await self.crawl(fetcher)
        let lines = report.findings.map { "\($0.line) \($0.rule.rawValue) \($0.page)" }
        #expect(
            lines == [
                "1 dead-link gemini://h/", "2 redirect gemini://h/", "3 redirect gemini://h/",
                "4 dead-link gemini://h/",
                "4 redirect gemini://h/", "5 temporary-failure gemini://h/", "7 unreachable gemini://h/",
                "8 dead-link gemini://h/", "8 redirect gemini://h/",
            ]
        )
    }

    @Test("It ends at its limit, and says how many links it did not follow")
    func limit() async throws {
        let fetcher = ScriptedFetcher([
            "gemini://h/": "20 text/gemini\n=> a\n=> b\n=> c\n", "gemini://h/a": "20 text/plain",
        ])
        let report = try await self.crawl(fetcher, maximumPages: 2)
        #expect(fetcher.asked.count == 2)
        #expect(report.findings.isEmpty)
        #expect(report.unchecked == 2)
    }

    @Test("A start that is not there is a finding")
    func start() async throws {
        #expect(try await self.crawl(ScriptedFetcher([:])).findings.map(\.rule) == [.deadLink])
        #expect(try await self.crawl(ScriptedFetcher(["gemini://h/": ""])).findings.map(\.rule) == [.unreachable])
    }

    @Test("Other hosts are asked when asked for, each target once")
    func external() async throws {
        let fetcher = ScriptedFetcher([
            "gemini://h/": "20 text/gemini\n=> gemini://x/\n=> gemini://x/#a\n=> gemini://y/\n",
            "gemini://x/": "20 text/gemini\n=> /more\n", "gemini://y/": "31 /new", "gemini://y/new": "51 No",
        ])
        let report = try await self.crawl(fetcher, external: true)
        #expect(fetcher.asked.sorted() == ["gemini://h/", "gemini://x/", "gemini://y/", "gemini://y/new"])
        #expect(report.findings.map { "\($0.line) \($0.rule.rawValue)" } == ["3 dead-link", "3 redirect"])
    }

    @Test("Pages in other character sets are not taken for broken UTF-8")
    func charset() async throws {
        let fetcher = ScriptedFetcher(["gemini://h/": "20 text/gemini; charset=iso-8859-1\n=> a\n"])
        let report = try await self.crawl(fetcher)
        #expect(report.pages == 0)
        #expect(fetcher.asked.count == 1)
    }

    @Test("A crawl that is cancelled gives what was found until then")
    func cancellation() async throws {
        let gate = Gate()
        let scripted = ScriptedFetcher(["gemini://h/": "20 text/gemini\n### a\n# b\n### c\n=> x\n"])
        let fetcher = PoliteFetcher(scripted, delay: .zero) { url in
            if url.path == "/x" { try? await gate.wait() }
            return true
        }
        let start = try GeminiURL("gemini://h/")
        let crawling = Task { await CapsuleCrawl(start: start, fetcher: fetcher).run() }
        await gate.entered()
        crawling.cancel()
        let report = await crawling.value
        #expect(report.findings.map(\.rule) == [.headingJump])
        #expect(report.unchecked == 1)
    }

    @Test("It works over the network")
    func network() async throws {
        let responder: some Responder = .closure { request in
            switch request.url.path {
            case "/": .gemtext("=> a/\n=> missing\n=> b\n")
            case "/a/": .gemtext("# A\n=> ../\n")
            case "/b": .redirect(to: try URIReference("/a/"), permanent: true)
            default: .notFound
            }
        }
        try await withServer(responder: responder) { server in
            let url = try GeminiURL("gemini://localhost:\(server.port)/")
            let fetcher = ClientFetcher(GeminiClient(trust: AnyServer()))
            let report = await CapsuleCrawl(start: url, fetcher: fetcher).run()
            #expect(report.pages == 2)
            #expect(report.links == 4)
            #expect(report.findings.map(\.rule) == [.deadLink, .redirect])
            #expect(report.findings.first?.message == "The server answers 51 Not found.")
        }
    }
}

@Suite("Asking with a client")
struct ClientFetcherTests {
    @Test("A page that is larger than a client keeps in memory is not read to its end")
    func endless() async throws {
        var configuration = ClientConfiguration(trust: AnyServer())
        configuration.limits.maximumBodySize = 1000
        let fetcher = ClientFetcher(GeminiClient(configuration))
        let responder: some Responder = .closure { _ in .gemtext(verbatim: String(repeating: "1234567\n", count: 1000))
        }
        try await withServer(responder: responder) { server in
            let url = try GeminiURL("gemini://localhost:\(server.port)/")
            guard case .unreachable(let reason) = await fetcher.fetch(url, wantsBody: true) else {
                Issue.record("the whole page was read")
                return
            }
            #expect(reason.contains("1000 bytes"))
            guard case .response(_, body: nil) = await fetcher.fetch(url, wantsBody: false) else {
                Issue.record("a page that is not wanted was read")
                return
            }
        }
    }
}

struct AnyServer: TrustPolicy {
    func judge(_ server: ServerPresentation) async -> TrustVerdict {
        .trusted
    }
}
