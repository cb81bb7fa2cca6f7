import GeminiProtocol
import TestSupport
import Testing

@testable import GeminiClient

@Suite("Redirects that a client follows")
struct RedirectTests {
    /// Answers requests by their path and query; what is not listed is a page.
    private func withSite<Result>(
        _ answers: [String: String],
        isSecond: Bool = false,
        _ body: (ScriptedServer) async throws -> Result
    ) async throws -> Result {
        try await withScriptedServer(isSecond: isSecond) { visit in
            let line = try await visit.request()
            let rest = String(line.drop { $0 != ":" }.dropFirst(3).drop { $0 != "/" })
            try await visit.send(answers[rest] ?? "20 text/plain\r\n\(rest)")
            try await visit.connection.closeOutput()
        } _: { server in
            try await body(server)
        }
    }

    @Test(
        "GP-131, GP-132: a target is resolved against the URL that was asked for, whose query is not carried over",
        arguments: [
            ("c", "/a/c"), ("../c", "/c"), ("?x", "/a/b?x"), ("/n", "/n"), (".", "/a/"), ("b%2Fc", "/a/b%2Fc"),
            ("c d", "/a/c%20d"), ("ü", "/a/%C3%BC"),
        ]
    )
    func resolution(target: String, path: String) async throws {
        try await self.withSite(["/a/b?q": "30 \(target)\r\n"]) { server in
            let page = try await makeClient().page(at: server.url("/a/b?q"))
            #expect(try page.text == path)
            #expect(page.requestedURL == (try server.url("/a/b?q")))
            #expect(page.url == (try server.url(path)))
            #expect(
                page.exchange.redirects == [Redirect(source: page.requestedURL, target: page.url, isPermanent: false)]
            )
        }
    }

    @Test("GP-131, GP-140: a target may be on another host, which is trusted by itself and sees no certificate")
    func otherHost() async throws {
        let identity = try ClientIdentity.test()
        try await self.withSite([:]) { other in
            try await self.withSite(["/": "30 //other.example:\(other.port)/z\r\n"], isSecond: true) { server in
                let trust = TestTrust()
                let identities = TestIdentities([("gemini://localhost:\(server.port)/", identity)])
                let page = try await makeClient(trust: trust, identities: identities).page(at: server.url())
                #expect(page.url.description == "gemini://other.example:\(other.port)/z")
                #expect(trust.presentations.map(\.host.description) == ["localhost", "other.example"])
                #expect(server.visits[0].certificate != nil)
                #expect(other.visits[0].certificate == nil)
                #expect(page.exchange.identity == nil)
                #expect(identities.urls == [try server.url().description, page.url.description])
            }
        }
    }

    @Test("GP-158: the identity is looked up anew for each URL on the way")
    func identityByScope() async throws {
        let (one, two) = (try ClientIdentity.test("one"), try ClientIdentity.test("two"))
        try await self.withSite(["/one": "30 /two\r\n"]) { server in
            let identities = TestIdentities([
                (try server.url("/one").description, one), (try server.url("/two").description, two),
            ])
            let page = try await makeClient(identities: identities).page(at: server.url("/one"))
            #expect(page.exchange.identity?.fingerprint == two.fingerprint)
            let shown = server.visits.map { $0.certificate.flatMap { ServerCertificate($0) }?.fingerprint }
            #expect(shown == [one.fingerprint, two.fingerprint])
        }
    }

    @Test(
        "GP-046, GP-135: the target's fragment counts, else the one that was there",
        arguments: [("/q#b", "b"), ("/q", "a"), ("/q#", "")]
    )
    func fragment(target: String, fragment: String) async throws {
        try await self.withSite(["/p": "30 \(target)\r\n"]) { server in
            let page = try await makeClient().page(at: server.url("/p#a"))
            #expect(page.url.fragment == fragment)
            #expect(server.requests.allSatisfy { !$0.contains("#") })
        }
    }

    @Test("GP-136: five redirects are followed")
    func five() async throws {
        let chain = Dictionary(uniqueKeysWithValues: (0..<5).map { ("/\($0)", "30 /\($0 + 1)\r\n") })
        try await self.withSite(chain) { server in
            let page = try await makeClient().page(at: server.url("/0"))
            #expect(try page.text == "/5")
            #expect(page.exchange.redirects.count == 5)
        }
    }

    @Test("GP-136: a sixth is not: six requests are sent, and its target is told")
    func six() async throws {
        try await withScriptedServer {
            try await $0.answer("31 /\($0.number + 1)\r\n")
        } _: { server in
            let outcome = try await makeClient().fetch(server.url("/0"))
            let decision = try #require(outcome.redirect)
            #expect(decision.reason == .tooMany)
            #expect(decision.url == (try server.url("/6")))
            #expect(decision.isPermanent)
            #expect(server.requests.count == 6)
            guard case .redirected = await error(of: { try outcome.get() }) else {
                Issue.record("a page at the end of too many redirects")
                return
            }
        }
    }

    @Test("GP-136: fewer may be allowed, and no more")
    func limit() async throws {
        var configuration = ClientConfiguration(trust: TestTrust())
        configuration.maximumRedirects = 50
        #expect(configuration.maximumRedirects == 5)
        try await self.withSite(["/0": "30 /1\r\n"]) { server in
            let outcome = try await makeClient { $0.maximumRedirects = 0 }.fetch(server.url("/0"))
            #expect(outcome.redirect?.target.path == "/1")
            #expect(server.requests.count == 1)
        }
    }

    @Test("GP-137, GP-138: what to keep is the end of the permanent redirects that came first")
    func permanence() async throws {
        let site = ["/0": "31 /1\r\n", "/1": "31 /2\r\n", "/2": "30 /3\r\n", "/3": "31 /4\r\n"]
        try await self.withSite(site) { server in
            let page = try await makeClient().page(at: server.url("/0"))
            #expect(page.exchange.redirects.map(\.isPermanent) == [true, true, false, true])
            #expect(page.exchange.permanentURL == (try server.url("/2")))
            let other = try await makeClient().page(at: server.url("/2"))
            #expect(other.exchange.permanentURL == (try server.url("/2")))
        }
    }

    @Test(
        "GP-139: another scheme is a decision of the caller's",
        arguments: ["https://x/", "titan://h/f;size=3;token=x", "mailto:a@example.org", "gopher://h"]
    )
    func otherScheme(target: String) async throws {
        try await self.withSite(["/": "30 \(target)\r\n"]) { server in
            let decision = try #require(try await makeClient().fetch(server.url()).redirect)
            #expect(decision.reason == .otherScheme)
            #expect(decision.target == (try URIReference(target).normalized()))
            #expect(server.requests.count == 1)
        }
    }

    @Test("TI-22: what a redirect says of an upload's parameters is left out")
    func titanParameters() async throws {
        try await self.withSite(["/": "30 titan://h/f;size=3;token=x\r\n"]) { server in
            let decision = try #require(try await makeClient().fetch(server.url()).redirect)
            #expect(decision.url?.description == "titan://h/f")
        }
    }

    @Test("GP-141: a target over 1,024 bytes, with userinfo, without a host or unreadable is an error")
    func invalid() async throws {
        let long = "/" + String(repeating: "a", count: 1020)
        let answers = [
            "/long": "30 \(long)\r\n", "/user": "30 //u@h/\r\n", "/host": "30 gemini:///x\r\n",
            "/bad": "30 //[::1/\r\n", "/nul": "30 /%00\r\n",
        ]
        try await self.withSite(answers) { server in
            func redirectError(_ path: String) async throws -> RedirectError? {
                let url = try server.url(path)
                guard case .invalidRedirect(let failure) = await error(of: { try await makeClient().fetch(url) }) else {
                    return nil
                }
                #expect(failure.source == url)
                return failure
            }
            guard case .unusable(_, _, .tooLong) = try await redirectError("/long") else {
                Issue.record("long")
                return
            }
            guard case .userinfo = try await redirectError("/user") else {
                Issue.record("userinfo")
                return
            }
            guard case .missingHost = try await redirectError("/host") else {
                Issue.record("host")
                return
            }
            guard case .unreadable = try await redirectError("/bad") else {
                Issue.record("unreadable")
                return
            }
            guard case .unusable(_, _, .nulInPath) = try await redirectError("/nul") else {
                Issue.record("nul")
                return
            }
            #expect(server.requests.count == 5)
        }
    }
}
