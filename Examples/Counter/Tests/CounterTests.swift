import CanaveralTesting
import Dispatch
import Testing

@testable import Counter

@Suite("Counter")
struct CounterTests {
    @Test("Each line of the countdown comes when its second has passed", arguments: Transport.allCases)
    func countdown(_ transport: Transport) async throws {
        let environment = TestEnvironment()
        try await makeCounter().test(transport, environment: environment) { client async throws in
            try await client.stream("/streamed") { page async throws in
                var lines = page.textLines.makeAsyncIterator()
                #expect(try await lines.next() == "10")
                for line in (1..<10).reversed().map(String.init) + ["Lift-off!"] {
                    try await environment.clock.untilSleeping()
                    environment.clock.advance(by: .seconds(1))
                    #expect(try await lines.next() == line)
                }
                #expect(try await lines.next() == nil)
                #expect(!page.isTruncated)
            }
        }
    }

    @Test("While eight pages count, others are served")
    func blocking() async throws {
        let gate = DispatchSemaphore(value: 0)
        let capsule = try makeCounter { limit in
            gate.wait()
            return limit
        }
        try await capsule.test(.loopback) { client async throws in
            try await withThrowingTaskGroup(of: Bool.self) { group in
                for number in 1...8 {
                    group.addTask { try await client.get("/primes/\(number)").contains("up to \(number).") }
                }
                let front = try await client.get("/")
                #expect(front.contains("# Counting"))
                for _ in 1...8 { gate.signal() }
                for try await isRight in group { #expect(isRight) }
            }
        }
    }

    @Test("The primes", arguments: [(0, 0), (1, 0), (2, 1), (10, 4), (1_000, 168), (1_000_000, 78_498)])
    func sieve(_ limit: Int, _ count: Int) {
        #expect(primes(upTo: limit) == count)
    }

    @Test("No number, and no number too large, is a page", arguments: ["many", "-1", "50000001"])
    func limits(_ limit: String) async throws {
        try await makeCounter().test { client async throws in
            #expect(try await client.get("/primes/\(limit)").is(.notFound))
        }
    }
}
