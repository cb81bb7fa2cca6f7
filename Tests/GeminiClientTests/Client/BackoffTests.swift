import GeminiProtocol
import NIOConcurrencyHelpers
import TestSupport
import Testing

@testable import GeminiClient

@Suite("Waiting and trying again")
struct BackoffTests {
    /// A clock that nobody waits for, and that remembers how long they would have.
    final class RecordingClock: Clock {
        private let slept = NIOLockedValueBox<[Duration]>([])
        private let base = ContinuousClock()

        var delays: [Duration] { self.slept.withLockedValue { $0 } }
        var now: ContinuousClock.Instant { self.base.now }
        var minimumResolution: Duration { .zero }

        func sleep(until deadline: ContinuousClock.Instant, tolerance: Duration?) async throws {
            let delay = deadline - self.now
            self.slept.withLockedValue { $0.append(delay) }
        }
    }

    private func requests(_ answers: [String]) async throws -> (count: Int, delays: [Duration], last: Outcome<Page>) {
        try await withScriptedServer { visit in
            try await visit.answer(answers[min(visit.number, answers.count - 1)])
        } _: { server in
            let clock = RecordingClock()
            let outcome = try await makeClient { $0.clock = clock }.fetch(server.url(), retrying: RetryPolicy())
            return (server.requests.count, clock.delays, outcome)
        }
    }

    @Test("GP-092: 44, 44, 20 brings the page after two waits, the second twice as long")
    func slowDown() async throws {
        let (count, delays, last) = try await self.requests(["44 slow\r\n", "44 slow\r\n", "20 text/plain\r\n"])
        #expect(count == 3)
        #expect(last.page != nil)
        // A duration from now to a deadline has lost the moment between.
        #expect(delays.count == 2)
        #expect(delays[0] > .milliseconds(900) && delays[0] <= .seconds(1))
        #expect(delays[1] > .milliseconds(1900) && delays[1] <= .seconds(2))
    }

    @Test("GP-092, GP-093: a number in the text is the least that is waited")
    func requested() {
        var backoff = Backoff(RetryPolicy())
        #expect(backoff.delay(after: ResponseHeader.slowDown(for: .seconds(7))) == .seconds(7))
        #expect(backoff.delay(after: ResponseHeader.slowDown(for: .seconds(2))) == .seconds(14))
        #expect(backoff.delay(after: .failure(.slowDown, "please")) == .seconds(28))
        #expect(backoff.delay(after: .failure(.slowDown, "please")) == nil)
        var impatient = Backoff(RetryPolicy())
        #expect(impatient.delay(after: ResponseHeader.slowDown(for: .seconds(86400))) == nil)
        #expect(Failure(exchange: .test(.slowDown(for: .seconds(7)))).retryDelay == .seconds(7))
        #expect(Failure(exchange: .test(.failure(.slowDown, "please"))).retryDelay == .seconds(1))
        #expect(Failure(exchange: .test(.failure(.serverUnavailable))).retryDelay == nil)
    }

    @Test(
        "GP-091, GP-154: nothing but a 4x is ever repeated",
        arguments: [
            "50 no\r\n", "51 no\r\n", "59 no\r\n", "60 who?\r\n", "61 not you\r\n", "10 name?\r\n", "40 hm\r\n",
        ]
    )
    func notRepeated(answer: String) async throws {
        #expect(try await self.requests([answer]).count == 1)
    }

    @Test("GP-091: not even where a policy names it")
    func permanentInPolicy() {
        var policy = RetryPolicy()
        policy.statuses = Set(Status.defined)
        for status in Status.defined where !status.requiresMeta {
            var backoff = Backoff(policy)
            #expect((backoff.delay(after: .failure(status)) != nil) == (status.group == .temporaryFailure))
        }
    }
}
