import Canaveral
import CanaveralTesting
import GeminiProtocol
import Testing

@Suite("Time and chance of a test", .timeLimit(.minutes(10)))
struct EnvironmentTests {
    private func capsule() throws -> Capsule {
        try Capsule { routes in
            routes.page("/now") { context in .text(context.environment.now().description) }
            routes.page("/id") { context in .text(context.environment.makeID()) }
            routes.page("/later") { context in
                try await context.environment.sleep(.seconds(3600))
                return .text("an hour later")
            }
        }
    }

    @Test("An application sees the test's clock", arguments: Transport.allCases)
    func clock(_ transport: Transport) async throws {
        let environment = TestEnvironment(now: Timestamp(secondsSinceEpoch: 0))
        try await self.capsule().test(transport, environment: environment) { client in
            let first = try await client.get("/now").text
            environment.clock.advance(by: .seconds(86_400))
            #expect(first == Timestamp(secondsSinceEpoch: 0).description)
            #expect(try await client.get("/now").text == Timestamp(secondsSinceEpoch: 86_400).description)
            #expect(environment.clock.uptime == .seconds(86_400))
        }
    }

    @Test("The capsule's jobs run where a test asks for them, and end with it", arguments: Transport.allCases)
    func services(_ transport: Transport) async throws {
        let environment = TestEnvironment()
        let key = StoreKey(space: "test", id: "runs")
        var options = CapsuleOptions()
        let store = MemoryStore(now: environment.app.now)
        options.store = store
        options.services = [
            PeriodicJob("count", every: .hours(1), environment: environment.app) {
                try await store.update(key, of: Int.self) { $0 = ($0 ?? 0) + 1 }
            }
        ]
        let capsule = try Capsule(options: options) { routes in
            routes.page("/") { context in .text("\(try await context.store.read(key, as: Int.self) ?? 0)") }
        }
        try await capsule.test(transport, runsServices: true) { client async throws in
            for count in 0...2 {
                try await environment.clock.untilSleeping()
                #expect(try await client.get("/").text == "\(count)")
                environment.clock.advance(by: .hours(1))
            }
        }
        environment.clock.advance(by: .hours(1))
        let runs = try await store.read(key, as: Int.self) ?? 0
        #expect((2...3).contains(runs))
        try await capsule.test(transport) { client async throws in
            environment.clock.advance(by: .hours(1))
            #expect(try await client.get("/").text == "\(runs)")
        }
    }

    @Test("Chance is the same in every run, and another with another seed", arguments: Transport.allCases)
    func chance(_ transport: Transport) async throws {
        func ids(seed: UInt64) async throws -> [String] {
            try await self.capsule().test(transport, environment: .fixed(seed: seed)) { client in
                [try await client.get("/id").text, try await client.get("/id").text]
            }
        }
        let ids = try await ids(seed: 1)
        #expect(ids[0] != ids[1])
        #expect(
            try await ids
                == self.capsule().test(environment: .fixed(seed: 1)) { client in
                    [try await client.get("/id").text, try await client.get("/id").text]
                }
        )
        let others = try await self.capsule().test(environment: .fixed(seed: 2)) { try await $0.get("/id").text }
        #expect(others != ids[0])
    }

    @Test("Who sleeps wakes when the clock has been moved far enough", arguments: Transport.allCases)
    func sleeping(_ transport: Transport) async throws {
        let environment = TestEnvironment()
        try await self.capsule().test(transport, environment: environment) { client in
            async let page = client.get("/later")
            try await environment.clock.untilSleeping()
            environment.clock.advance(by: .seconds(3599))
            try await environment.clock.untilSleeping()
            environment.clock.advance(by: .seconds(1))
            #expect(try await page.text == "an hour later")
        }
    }

    @Test("Sleepers wake in the order of their alarms; a cancelled one wakes at once")
    func order() async throws {
        let clock = ManualClock(now: Timestamp(secondsSinceEpoch: 0))
        let cancelled = Task { try await clock.sleep(for: .seconds(1)) }
        try await clock.untilSleeping()
        cancelled.cancel()
        await #expect(throws: CancellationError.self) { try await cancelled.value }
        let early = Task { try await clock.sleep(for: .seconds(1)) }
        let late = Task { try await clock.sleep(for: .seconds(2)) }
        try await clock.untilSleeping(2)
        clock.advance(by: .seconds(1))
        try await early.value
        try await clock.untilSleeping(1)
        clock.advance(by: .seconds(1))
        try await late.value
        #expect(clock.now == Timestamp(secondsSinceEpoch: 2))
    }

    @Test("Waiting for sleepers that do not come ends with a sentence")
    func nobodySleeps() async throws {
        let clock = ManualClock(now: Timestamp(secondsSinceEpoch: 0))
        await #expect(throws: ManualClockError.nobodySleeps(expected: 1, sleeping: 0)) {
            try await clock.untilSleeping(within: .milliseconds(1))
        }
    }
}
