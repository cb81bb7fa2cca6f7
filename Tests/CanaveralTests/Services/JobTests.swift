import Canaveral
import GeminiProtocol
import NIOConcurrencyHelpers
import ServiceLifecycle
import TestSupport
import Testing

@testable import Canaveral

@Suite("Jobs")
struct JobTests {
    private struct Breakage: Error {}

    /// A job in a group of services, while the closure runs; then it is told to end.
    private func withService(
        _ service: some Service,
        log: RecordingLog,
        _ body: (ServiceGroup) async throws -> Void
    ) async throws {
        let group = ServiceGroup(services: [service], logger: log.logger)
        try await withThrowingTaskGroup(of: Void.self) { tasks in
            tasks.addTask { try await group.run() }
            try await body(group)
            await group.triggerGracefulShutdown()
            try await tasks.waitForAll()
        }
    }

    @Test("A periodic job keeps to its times, is never there twice, and leaves out what it misses")
    func periodic() async throws {
        let time = ManualTime()
        let log = RecordingLog()
        let runs = NIOLockedValueBox<[Duration]>([])
        let gate = Gate()
        let start = time.environment.uptime()
        let job = PeriodicJob("water", every: .minutes(10), environment: time.environment, logger: log.logger) {
            let count = runs.withLockedValue { runs in
                runs.append(time.environment.uptime() - start)
                return runs.count
            }
            if count == 2 { try await gate.wait() }
            if count == 3 { throw Breakage() }
        }
        try await self.withService(job, log: log) { _ in
            #expect(await eventually { time.sleepers == [.seconds(600)] })
            time.advance(by: .seconds(601))
            #expect(await eventually { runs.withLockedValue { $0.count } == 1 })
            #expect(await eventually { time.sleepers == [.seconds(599)] })
            time.advance(by: .seconds(599))
            await gate.entered()
            // It takes 35 minutes: of the runs after 30, 40 and 50 one is made up for.
            time.advance(by: .seconds(35 * 60))
            #expect(runs.withLockedValue { $0.count } == 2)
            gate.open()
            #expect(await eventually { log.contains("The job 'water' failed, and will run again: Breakage()") })
            #expect(await eventually { time.sleepers == [.seconds(5 * 60)] })
            time.advance(by: .seconds(5 * 60))
            #expect(await eventually { runs.withLockedValue { $0.count } == 4 })
        }
        #expect(runs.withLockedValue { $0 } == [601, 1200, 3300, 3600].map { Duration.seconds($0) })
    }

    @Test("A daily job runs at its time in UTC")
    func daily() async throws {
        let time = ManualTime()
        let log = RecordingLog()
        let runs = NIOLockedValueBox<[String]>([])
        let job = DailyJob("grow", at: "03:30", environment: time.environment, logger: log.logger) {
            runs.withLockedValue { $0.append("\(time.environment.now())") }
        }
        try await self.withService(job, log: log) { _ in
            for _ in 1...29 {
                #expect(await eventually { time.sleepers.count == 1 })
                time.advance(by: min(time.sleepers.first ?? .zero, .seconds(3600)))
            }
            #expect(await eventually { runs.withLockedValue { $0.count } == 2 })
        }
        #expect(runs.withLockedValue { $0 } == ["2026-01-01T03:30:00Z", "2026-01-02T03:30:00Z"])
    }

    @Test("A daily job goes on when a clock that was far ahead is set right")
    func clockSetBack() async throws {
        let time = ManualTime()
        let log = RecordingLog()
        let runs = NIOLockedValueBox<[String]>([])
        time.setClock(aheadBy: .days(400))
        let job = DailyJob("grow", at: "03:30", environment: time.environment, logger: log.logger) {
            runs.withLockedValue { $0.append("\(time.environment.now())") }
        }
        try await self.withService(job, log: log) { _ in
            #expect(await eventually { time.sleepers.count == 1 })
            time.setClock(aheadBy: .days(-400))
            for _ in 1...5 {
                #expect(await eventually { time.sleepers.count == 1 })
                time.advance(by: min(time.sleepers.first ?? .zero, .seconds(3600)))
            }
            #expect(await eventually { runs.withLockedValue { $0.count } == 1 })
        }
        #expect(runs.withLockedValue { $0 } == ["2026-01-01T03:30:00Z"])
    }

    @Test(
        "When the application ends a run is finished within the grace, and cancelled after it",
        arguments: [true, false]
    )
    func ending(inTime: Bool) async throws {
        let time = ManualTime()
        let log = RecordingLog()
        let gate = Gate()
        let job = PeriodicJob(
            "water",
            every: .hours(1),
            runsAtOnce: true,
            grace: .seconds(7),
            environment: time.environment,
            logger: log.logger
        ) {
            try await gate.wait()
        }
        try await self.withService(job, log: log) { group in
            await gate.entered()
            await group.triggerGracefulShutdown()
            #expect(await eventually { time.sleepers == [.seconds(7)] })
            if inTime { gate.open() } else { time.advance(by: .seconds(7)) }
        }
        #expect(log.contains("was cancelled because the application ends") == !inTime)
    }

    @Test(
        "Times of day",
        arguments: [
            ("00:00", "2026-01-01T00:00:00Z", "2026-01-02T00:00:00Z"),
            ("03:00", "2026-01-01T02:59:59Z", "2026-01-01T03:00:00Z"),
            ("03:00", "2026-01-01T03:00:00Z", "2026-01-02T03:00:00Z"),
            ("23:59", "1969-12-31T00:00:00Z", "1969-12-31T23:59:00Z"),
        ]
    )
    func times(time: String, now: String, next: String) throws {
        let moment = try #require(Timestamp(iso8601: now))
        let timeOfDay = try #require(TimeOfDay(parsing: time))
        #expect("\(timeOfDay.next(after: moment))" == next)
        #expect("\(timeOfDay)" == time)
    }

    @Test("What is no time of day", arguments: ["", "3:00", "24:00", "12:60", "12", "12:00:00", "-1:00", "１２:00"])
    func noTimes(text: String) {
        #expect(TimeOfDay(parsing: text) == nil)
    }
}
