import Canaveral
import GeminiProtocol
import GeminiServer
import Logging
import NIOConcurrencyHelpers
import NIOCore
import TestSupport
import Testing

@Suite("Middleware")
struct MiddlewareTests {
    private struct Breakage: Error {}

    @Test("A handler that is not done in time is cancelled, and 42 comes at once")
    func timeLimit() async throws {
        let gate = Gate()
        let app = try Asking { routes in
            routes.use(.timeLimit(.seconds(10)))
            routes.page("/slow") { _ in
                try await gate.wait()
                return .text("late")
            }
            routes.page("/quick") { _ in .text("quick") }
            routes.page("/broken") { _ in throw Breakage() }
        }
        #expect(try await app.answer(to: "/quick") == "20 quick")
        await #expect(throws: Breakage.self) { try await app.answer(to: "/broken") }
        async let answer = app.answer(to: "/slow")
        await gate.entered()
        #expect(await eventually { app.time.sleepers.contains(.seconds(10)) })
        app.time.advance(by: .seconds(10))
        #expect(try await answer == "42 The page took too long")
        await gate.cancelled()
        #expect(app.log.contains("not ready within 10"))
        #expect(await eventually { app.time.sleepers.isEmpty })
    }

    @Test("A handler that heeds no cancellation keeps nobody waiting, and one whose visitor leaves is cancelled")
    func timeLimitWithoutHelp() async throws {
        let deaf = Gate()
        let kept = Gate()
        let app = try Asking { routes in
            routes.use(.timeLimit(.seconds(10)))
            routes.page("/deaf") { _ in
                try await Task { try await deaf.wait() }.value
                return .text("late")
            }
            routes.page("/kept") { _ in
                try await kept.wait()
                return .text("late")
            }
        }
        async let answer = app.answer(to: "/deaf")
        await deaf.entered()
        #expect(await eventually { app.time.sleepers.count == 1 })
        app.time.advance(by: .seconds(11))
        #expect(try await answer == "42 The page took too long")
        deaf.open()

        let visit = Task { try await app.answer(to: "/kept") }
        await kept.entered()
        visit.cancel()
        await kept.cancelled()
        await #expect(throws: (any Error).self) { try await visit.value }
    }

    @Test("GP-095: an error that nobody expected is in the log only, and the visitor reads the application's words")
    func recovery() async throws {
        let app = try Asking { routes in
            routes.use(.recover { error in .failure(.cgiError, error is Breakage ? "Out of order" : "?") })
            routes.page("/broken") { _ in throw Breakage() }
            routes.page("/limited") { _ in throw RateLimitExceeded(retryAfter: .seconds(3)) }
            routes.group("/inner") { inner in
                inner.use { context, _ in throw RateLimitExceeded(retryAfter: .seconds(4)) }
                inner.page("/") { _ in .text("") }
            }
        }
        #expect(try await app.answer(to: "/broken") == "42 Out of order")
        #expect(app.log.messages.map(\.text) == ["A handler failed: Breakage()"])
        #expect(app.log.messages.first?.metadata["gemini.route"] == "/broken")
        #expect(try await app.answer(to: "/limited") == "44 3")
        #expect(try await app.answer(to: "/inner/") == "44 4")
        #expect(app.log.messages.count == 1)
    }

    @Test("The log has route, status and time of each request, and nothing that a visitor typed")
    func logging() async throws {
        let app = try Asking { routes in
            routes.use(.logging(level: .debug))
            routes.page("/users/{name}") { (_, _: String) in .text("") }
        }
        _ = try await app.answer(to: "/users/a%0Ab?secret")
        let message = try #require(app.log.messages.first)
        #expect(message.level == .debug)
        #expect(message.text == "localhost/users/a%0Ab: 20 in 0.0 seconds")
        #expect(message.metadata["gemini.route"] == "/users/{name}")
    }

    @Test(
        "GP-138: pages that have moved redirect, with what is below and the query",
        arguments: [
            ("/old", "31 /new"),
            ("/old?q", "31 /new?q"),
            ("/fixed?q", "31 /new?x"),
            ("/blog/", "31 /log/"),
            ("/blog/2024/a%20b.gmi?q", "31 /log/2024/a%20b.gmi?q"),
            ("/blog//evil.example/", "31 /log//evil.example/"),
            ("/all/a/b", "31 gemini://example.org/"),
            ("/root//evil.example/", "31 /.//evil.example/"),
            ("/dollar", "31 /$1"),
            ("/~ada/x/y", "30 /users/ada/x/y"),
            ("/~ada", "51 Not found"),
            ("/blog", "51 Not found"),
            ("/older", "51 Not found"),
            ("/any/x", "30 /x"),
            ("/anygemini://evil.example/", "51 Not found"),
            ("/any//evil.example/", "30 /.//evil.example/"),
        ]
    )
    func redirects(path: String, expected: String) async throws {
        let app = try Asking { routes in
            routes.use(
                try .redirects(
                    [
                        "/old": "/new", "/fixed": "/new?x", "/blog/**": "/log/**", "/all/**": "gemini://example.org/",
                        "/root/**": "/**", "/dollar": "/$1",
                    ],
                    permanent: true
                )
            )
            routes.use(try .redirects(matching: "/~(\\w+)/(.*)", to: "/users/$1/$2"))
            routes.use(try .redirects(matching: "/any(.*)", to: "$1"))
        }
        #expect(try await app.answer(to: path) == expected)
    }

    @Test("A redirect that cannot be is an error when it is made")
    func redirectErrors() {
        func make(_ build: (Routes<BasicContext>) throws -> Void) throws { _ = try Router(build) }
        #expect(throws: RedirectError.path("old", reason: "does not begin with a slash")) {
            try make { $0.use(try .redirects(["old": "/new"])) }
        }
        #expect(throws: RedirectError.target("/a b")) { try make { $0.use(try .redirects(["/old": "/a b"])) } }
        for target in ["gemini://example.org$1", "gemini://$1/", "gemini://$1.example.org/", "//example.org$1"] {
            #expect(throws: RedirectError.host(target), "\(target)") {
                try make { $0.use(try .redirects(matching: "/old(.*)", to: target)) }
            }
        }
        #expect(throws: RedirectError.host("gemini://example.org$1")) {
            try make { $0.use(try .redirects(["/old/**": "gemini://example.org**"])) }
        }
        #expect(throws: RedirectError.group(2, target: "/$2")) {
            try make { $0.use(try .redirects(matching: "/(a)", to: "/$2")) }
        }
        #expect(throws: RedirectError.self) { try make { $0.use(try .redirects(matching: "/(a", to: "/")) } }
        #expect(throws: RedirectError.self) { try make { $0.use(try .redirects(["/a/{b}": "/"])) } }
    }
}
