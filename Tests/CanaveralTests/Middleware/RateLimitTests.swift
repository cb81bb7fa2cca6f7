import Canaveral
import GeminiProtocol
import GeminiServer
import NIOCore
import TestSupport
import Testing

@testable import Canaveral

@Suite("Rate limits")
struct RateLimitTests {
    @Test(
        "Rules are N/[P]{s,m,h,d}, and an hour has 3600 seconds",
        arguments: [
            ("60/5m", 60, 300), ("1/s", 1, 1), ("100/h", 100, 3600), ("100/2h", 100, 7200), ("2/4h", 2, 14_400),
            ("5/d", 5, 86_400), ("7/10s", 7, 10), ("1000000/366d", 1_000_000, 366 * 86_400),
        ]
    )
    func rules(text: String, count: Int, seconds: Int) throws {
        let rule = try RateLimitRule(parsing: text)
        #expect(rule.count == count)
        #expect(rule.period == .seconds(seconds))
    }

    @Test(
        "An error names what is wrong with a rule",
        arguments: [
            ("60", RateLimitRuleError.form("60")), ("", .form("")), ("6/5/m", .form("6/5/m")),
            ("0/m", .count("0")), ("-1/m", .count("-1")), ("x/m", .count("x")), ("/m", .count("")),
            ("1000001/m", .count("1000001")), ("٣/m", .count("٣")),
            ("1/", .unit("")), ("1/5", .unit("5")), ("1/5w", .unit("5w")), ("1/M", .unit("M")),
            ("1/0s", .period("0")), ("1/-5m", .period("-5")), ("1/367d", .period("367d")),
            ("1/9223372036854775807d", .period("9223372036854775807d")),
            ("1/99999999999999999999s", .period("99999999999999999999")),
        ]
    )
    func mistakes(text: String, error: RateLimitRuleError) {
        #expect(throws: error) { try RateLimitRule(parsing: text) }
        #expect(error.description.hasSuffix("."))
    }

    @Test("So many requests at once, then one for each part of the time: an edge of a window doubles nothing")
    func bucket() {
        let limiter = RateLimiter("60/5m")
        var allowed = 0
        for second in 0..<600 {
            for _ in 0..<10 where limiter.take("a", at: .seconds(second)) == nil { allowed += 1 }
        }
        // 60 at once, and one more every five seconds; the fixed window of jetforce would have 120 at its edge.
        #expect(allowed == 60 + 119)
        #expect(limiter.take("b", at: .seconds(600)) == nil)
    }

    @Test("The seconds to wait are true: a request then is allowed, and one before is not", arguments: [1, 3, 7, 60])
    func honesty(count: Int) throws {
        let limiter = RateLimiter([try RateLimitRule(count, per: .seconds(100))])
        let start: Duration = .seconds(5)
        for _ in 0..<count { #expect(limiter.take("a", at: start) == nil) }
        let wait = try #require(limiter.take("a", at: start))
        #expect(wait <= .seconds(100) / count)
        #expect(limiter.take("a", at: start + wait - .nanoseconds(1)) == .nanoseconds(1))
        #expect(limiter.take("a", at: start + wait) == nil)
        #expect(limiter.take("a", at: start + wait) != nil)
    }

    @Test("Of several rules each has to allow a request, and one that is refused counts for none")
    func severalRules() {
        let limiter = RateLimiter("2/s", "5/m")
        #expect((0..<4).count { _ in limiter.take("a", at: .zero) == nil } == 2)
        #expect((0..<4).count { _ in limiter.take("a", at: .seconds(1)) == nil } == 2)
        #expect((0..<4).count { _ in limiter.take("a", at: .seconds(2)) == nil } == 1)
        #expect(limiter.take("a", at: .seconds(2)) == .seconds(10))
    }

    @Test("Keys without number take bounded memory, and do not free one who was refused")
    func flood() {
        var buckets = TokenBuckets(rules: ["5/h"], capacity: 4096)
        let attacker: UInt64 = 0x9E37_79B9_7F4A_7C15
        for _ in 0..<5 { #expect(buckets.take(attacker, at: 0) == .allowed) }
        var generator = SplitMix(state: 1)
        for _ in 0..<100_000 { _ = buckets.take(generator.next(), at: 1000) }
        #expect(buckets.room == 4096)
        guard case .refused = buckets.take(attacker, at: 1000) else {
            Issue.record("100,000 other keys have bought a new bucket.")
            return
        }
    }

    @Test("The table grows only with keys that owe something")
    func growth() {
        var buckets = TokenBuckets(rules: ["1/s"], capacity: 1 << 16)
        var generator = SplitMix(state: 2)
        for step in 0..<50_000 { _ = buckets.take(generator.next(), at: Int64(step) * 1_000_000_000) }
        #expect(buckets.room == 64)
        for _ in 0..<5000 { _ = buckets.take(generator.next(), at: 50_000 * 1_000_000_000) }
        #expect((5000...32_768).contains(buckets.room))
        #expect(buckets.take(generator.next(), at: 50_000 * 1_000_000_000) == .allowed)
    }

    @Test("GP-093: by address, IPv6 by its network of 64 bits, and 44 says whole seconds")
    func addresses() async throws {
        let app = try Asking { routes in
            routes.use(.rateLimit("2/5s"))
            routes.page("/") { _ in .text("home") }
        }
        #expect(try await app.answer(to: "/", from: "192.0.2.1") == "20 home")
        #expect(try await app.answer(to: "/", from: "::ffff:192.0.2.1") == "20 home")
        #expect(try await app.answer(to: "/", from: "192.0.2.1") == "44 3")
        #expect(try await app.answer(to: "/nowhere", from: "192.0.2.1") == "44 3")
        #expect(try await app.answer(to: "/", from: "192.0.2.2") == "20 home")
        #expect(try await app.answer(to: "/", from: "2001:db8:0:1::1") == "20 home")
        #expect(try await app.answer(to: "/", from: "2001:db8:0:1:ffff::2") == "20 home")
        #expect(try await app.answer(to: "/", from: "2001:db8:0:1::3") == "44 3")
        #expect(try await app.answer(to: "/", from: "2001:db8:0:2::1") == "20 home")
        app.time.advance(by: .seconds(2))
        #expect(try await app.answer(to: "/", from: "192.0.2.1") == "44 1")
        app.time.advance(by: .milliseconds(500))
        #expect(try await app.answer(to: "/", from: "192.0.2.1") == "20 home")
        #expect(try await app.answer(to: "/", from: "192.0.2.1") == "44 3")
    }

    @Test(
        "GP-093: a client that waits exactly as many seconds as 44 says is served then, whatever the limits",
        arguments: [["1/s"], ["7/10s"], ["3/m", "20/h"], ["2/s", "5/m", "40/h", "100/d"], ["1000/d"]]
            as [[RateLimitRule]]
    )
    func honestSeconds(rules: [RateLimitRule]) async throws {
        let app = try Asking { routes in
            routes.use(.rateLimit(RateLimiter(rules)))
            routes.page("/") { _ in .text("home") }
        }
        var waits = 0
        for _ in 0..<1200 where waits < 150 {
            let answer = try await app.answer(to: "/", from: "192.0.2.1")
            guard answer != "20 home" else { continue }
            let seconds = try #require(Int(answer.dropFirst(3)), "\(answer)")
            app.time.advance(by: .seconds(seconds))
            #expect(try await app.answer(to: "/", from: "192.0.2.1") == "20 home", "after \(seconds) s")
            waits += 1
        }
        #expect(waits >= 100)
    }

    @Test("By certificate, by a key of the application's own, and not at all without one")
    func keys() async throws {
        let alice = ClientCertificate(der: try TestIdentity(commonName: "alice").der)
        let bob = ClientCertificate(der: try TestIdentity(commonName: "bob").der)
        let app = try Asking { routes in
            routes.group("/cert") { cert in
                cert.use(.rateLimit("1/m", by: .certificate))
                cert.page("/") { _ in .text("in") }
            }
            routes.group("/key") { key in
                key.use(.rateLimit("1/m", by: .key { $0.url.query }))
                key.page("/") { _ in .text("in") }
            }
            let guesses = RateLimiter("1/m")
            routes.page("/guess") { context in
                try guesses.check(context)
                return .text("no")
            }
        }
        #expect(try await app.answer(to: "/cert/", from: "192.0.2.1", certificate: alice) == "20 in")
        #expect(try await app.answer(to: "/cert/", from: "192.0.2.1", certificate: bob) == "20 in")
        #expect(try await app.answer(to: "/cert/", from: "192.0.2.9", certificate: alice) == "44 60")
        #expect(try await app.answer(to: "/cert/", from: "192.0.2.1") == "20 in")
        #expect(try await app.answer(to: "/cert/", from: "192.0.2.1") == "44 60")
        #expect(try await app.answer(to: "/key/?a") == "20 in")
        #expect(try await app.answer(to: "/key/?a") == "44 60")
        #expect(try await app.answer(to: "/key/?b") == "20 in")
        for _ in 0..<5 { #expect(try await app.answer(to: "/key/") == "20 in") }
        #expect(try await app.answer(to: "/guess") == "20 no")
        #expect(try await app.answer(to: "/guess") == "44 60")
    }

    @Test("Many threads together get no more than the rule says")
    func threads() async {
        let limiter = RateLimiter("1000/d")
        let allowed = await withTaskGroup(of: Int.self) { group in
            for _ in 0..<8 {
                group.addTask { (0..<1000).count { _ in limiter.take("a", at: .zero) == nil } }
            }
            return await group.reduce(0, +)
        }
        #expect(allowed == 1000)
    }
}

/// Numbers that are the same each time.
private struct SplitMix: RandomNumberGenerator {
    var state: UInt64

    mutating func next() -> UInt64 {
        self.state &+= 0x9E37_79B9_7F4A_7C15
        var z = self.state
        z = (z ^ (z >> 30)) &* 0xBF58_476D_1CE4_E5B9
        z = (z ^ (z >> 27)) &* 0x94D0_49BB_1331_11EB
        return z ^ (z >> 31)
    }
}
