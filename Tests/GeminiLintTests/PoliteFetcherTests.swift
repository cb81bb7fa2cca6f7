import GeminiProtocol
import NIOConcurrencyHelpers
import TestSupport
import Testing

@testable import GeminiLint

@Suite("Asking politely")
struct PoliteFetcherTests {
    @Test("Between two requests to a host there is a pause, and none for another host")
    func pauses() async throws {
        let clock = SkippingClock()
        let scripted = ScriptedFetcher(["gemini://a/": "20 text/plain", "gemini://b/": "20 text/plain"])
        let fetcher = PoliteFetcher(scripted, delay: .seconds(2), clock: clock)
        for _ in 0..<3 { _ = await fetcher.fetch(try GeminiURL("gemini://a/"), wantsBody: false) }
        // Before the first there was a request for robots.txt.
        #expect(clock.slept == [.seconds(2), .seconds(2), .seconds(2)])
        _ = await fetcher.fetch(try GeminiURL("gemini://b/"), wantsBody: false)
        #expect(scripted.asked.count == 4)
    }

    @Test("GP-092: a server that asks for time is given it, up to a minute")
    func slowDown() async throws {
        let clock = SkippingClock()
        let fetcher = PoliteFetcher(
            ScriptedFetcher(["gemini://a/1": "44 30 seconds", "gemini://a/2": "44 9999"]),
            delay: .seconds(1),
            clock: clock
        )
        for number in 1...3 { _ = await fetcher.fetch(try GeminiURL("gemini://a/\(number)"), wantsBody: false) }
        #expect(clock.slept == [.seconds(1), .seconds(30), .seconds(60)])
    }

    @Test("A host is asked for one page at a time")
    func oneAtATime() async throws {
        let slow = SlowFetcher()
        let fetcher = PoliteFetcher(slow, delay: .zero)
        await withTaskGroup(of: Void.self) { group in
            for number in 0..<8 {
                group.addTask {
                    guard let url = try? GeminiURL("gemini://a/\(number)") else { return }
                    _ = await fetcher.fetch(url, wantsBody: false)
                }
            }
        }
        #expect(slow.most == 1)
        #expect(slow.count == 8)
    }

    @Test("RB-02: where robots.txt forbids it, nothing is asked for")
    func robots() async throws {
        let scripted = ScriptedFetcher([:])
        let fetcher = PoliteFetcher(scripted, delay: .zero) { $0.path != "/attic/" }
        guard case .forbidden = await fetcher.fetch(try GeminiURL("gemini://a/attic/"), wantsBody: true) else {
            Issue.record("It was asked for")
            return
        }
        #expect(scripted.asked.isEmpty)
    }
}

/// A clock on which waiting takes no time.
private final class SkippingClock: Clock {
    private let state = NIOLockedValueBox((now: ContinuousClock().now, slept: [Duration]()))

    var now: ContinuousClock.Instant { self.state.withLockedValue { $0.now } }
    var minimumResolution: Duration { .nanoseconds(1) }
    var slept: [Duration] { self.state.withLockedValue { $0.slept } }

    func sleep(until deadline: ContinuousClock.Instant, tolerance: Duration?) async throws {
        self.state.withLockedValue { state in
            state.slept.append(deadline - state.now)
            state.now = deadline
        }
    }
}

/// Takes some time for each answer, and knows how many it gave at the same time.
private final class SlowFetcher: PageFetcher {
    private let state = NIOLockedValueBox((current: 0, most: 0, count: 0))

    var most: Int { self.state.withLockedValue { $0.most } }
    var count: Int { self.state.withLockedValue { $0.count } }

    func fetch(_ url: GeminiURL, wantsBody: Bool) async -> FetchAnswer {
        self.state.withLockedValue { state in
            state.current += 1
            state.count += 1
            state.most = max(state.most, state.current)
        }
        for _ in 0..<20 { await Task.yield() }
        self.state.withLockedValue { $0.current -= 1 }
        return .unreachable(reason: "")
    }
}
