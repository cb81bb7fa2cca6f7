import Canaveral
import GeminiProtocol
import GeminiServer
import NIOConcurrencyHelpers
import NIOCore
import TestSupport
import Testing

@Suite("Caching")
struct ResponseCacheTests {
    /// Routes that say how often they were asked.
    private func makeApp(
        _ audience: CacheAudience = .anonymous,
        maximumBytes: Int = 1 << 20,
        gate: Gate? = nil
    ) throws -> (Asking, NIOLockedValueBox<Int>) {
        let calls = NIOLockedValueBox(0)
        let count: @Sendable () -> Int = {
            calls.withLockedValue { calls in
                calls += 1
                return calls
            }
        }
        let app = try Asking { routes in
            routes.use(.cached(for: .seconds(30), audience, maximumBytes: maximumBytes))
            routes.page("/page") { _ in
                let number = count()
                try await gate?.wait()
                return .text("\(number)")
            }
            routes.page("/large") { _ in .text("\(count()) " + String(repeating: "x", count: 5000)) }
            routes.page("/gone") { _ in .failure(.gone, "\(count())") }
            routes.page("/stream") { _ in
                let number = count()
                return .success(.plainText, .stream { try await $0.write("\(number)") })
            }
        }
        return (app, calls)
    }

    @Test("A page is made once in its lifetime, for each URL with its query")
    func lifetime() async throws {
        let (app, _) = try self.makeApp()
        #expect(try await app.answer(to: "/page") == "20 1")
        #expect(try await app.answer(to: "gemini://localhost:1965/page") == "20 1")
        #expect(try await app.answer(to: "/page?a") == "20 2")
        #expect(try await app.answer(to: "/page?b") == "20 3")
        #expect(try await app.answer(to: "/page?a") == "20 2")
        app.time.advance(by: .milliseconds(29_999))
        #expect(try await app.answer(to: "/page") == "20 1")
        app.time.advance(by: .milliseconds(1))
        #expect(try await app.answer(to: "/page") == "20 4")
    }

    @Test("GP-159: what a request with a certificate got is kept for nobody, unless the pages are shared by all")
    func identity() async throws {
        let alice = ClientCertificate(der: try TestIdentity(commonName: "alice").der)
        let (app, _) = try self.makeApp()
        #expect(try await app.answer(to: "/page", certificate: alice) == "20 1")
        #expect(try await app.answer(to: "/page") == "20 2")
        #expect(try await app.answer(to: "/page", certificate: alice) == "20 3")
        #expect(try await app.answer(to: "/page") == "20 2")

        let (shared, _) = try self.makeApp(.sharedByAll)
        #expect(try await shared.answer(to: "/page", certificate: alice) == "20 1")
        #expect(try await shared.answer(to: "/page") == "20 1")
    }

    @Test("Refusals and streams are not kept")
    func exceptions() async throws {
        let (app, calls) = try self.makeApp()
        #expect(try await app.answer(to: "/gone") == "52 1")
        #expect(try await app.answer(to: "/gone") == "52 2")
        _ = try await app.response(to: "/stream")
        _ = try await app.response(to: "/stream")
        #expect(calls.withLockedValue { $0 } == 4)
    }

    @Test("Visitors who come at once wait for one call, even if the one who came first leaves")
    func concurrency() async throws {
        let gate = Gate()
        let (app, calls) = try self.makeApp(gate: gate)
        let first = Task { try await app.answer(to: "/page") }
        await gate.entered()
        let others = (0..<5).map { _ in Task.immediate { try await app.answer(to: "/page") } }
        first.cancel()
        gate.open()
        for other in others { #expect(try await other.value == "20 1") }
        #expect(calls.withLockedValue { $0 } == 1)
    }

    @Test("A call for which nobody waits any more is cancelled, and holds nobody up who comes later")
    func abandonment() async throws {
        let gate = Gate()
        let (app, _) = try self.makeApp(gate: gate)
        let first = Task { try await app.answer(to: "/page") }
        await gate.entered()
        first.cancel()
        await gate.cancelled()
        await #expect(throws: CancellationError.self) { try await first.value }
        #expect(try await app.answer(to: "/page") == "20 2")
    }

    @Test("The bytes that are kept have a bound, and the oldest make room")
    func bound() async throws {
        let (app, _) = try self.makeApp(maximumBytes: 12_000)
        func number(_ query: String) async throws -> Substring? {
            try await app.answer(to: "/large?\(query)").split(separator: " ").dropFirst().first
        }
        #expect(try await number("a") == "1")
        #expect(try await number("b") == "2")
        #expect(try await number("a") == "1")
        #expect(try await number("c") == "3")
        #expect(try await number("b") == "2")
        #expect(try await number("a") == "4")

        let (small, _) = try self.makeApp(maximumBytes: 1000)
        #expect(try await small.answer(to: "/large").hasPrefix("20 1 "))
        #expect(try await small.answer(to: "/large").hasPrefix("20 2 "))
    }
}
