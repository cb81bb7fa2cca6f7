import GeminiProtocol
public import Logging
public import ServiceLifecycle

/// Work that is done once a day for as long as the application runs.
///
/// ```swift
/// options.services = [
///     DailyJob("new day", at: "03:00") { try await garden.grow() },
/// ]
/// ```
///
/// What is said of ``PeriodicJob`` holds for it too. A day on which the application does not run at that time is left out.
public struct DailyJob: Service {
    private let time: TimeOfDay
    private let run: JobRun

    /// The longest wait before the clock is looked at again, which may have been set.
    private static let longestWait: Duration = .seconds(3600)
    /// What is further away than this was found by a clock that was far ahead then.
    private static let farthest: Duration = .seconds(2 * 86_400)

    /// - Parameters:
    ///   - name: for the log.
    ///   - time: the time of day in UTC.
    ///   - grace: how long a run may go on when the application ends.
    ///   - environment: the clock; in tests the test's.
    ///   - logger: where errors go.
    ///   - work: one run.
    public init(
        _ name: String,
        at time: TimeOfDay,
        grace: Duration = .seconds(2),
        environment: AppEnvironment = .system,
        logger: Logger = Logger(label: "canaveral"),
        _ work: @escaping @Sendable () async throws -> Void
    ) {
        self.time = time
        self.run = JobRun(name: name, grace: grace, environment: environment, logger: logger, work: work)
    }

    public func run() async {
        let now = self.run.environment.now
        var due = self.time.next(after: now())
        while true {
            let delay = Duration.seconds(due.secondsSinceEpoch - now().secondsSinceEpoch)
            guard delay <= Self.farthest else {
                due = self.time.next(after: now())
                continue
            }
            guard delay > .zero else {
                await self.run.once()
                // A clock that was set back must not have the same run twice.
                due = self.time.next(after: max(now(), due))
                continue
            }
            guard await self.run.wait(min(delay, Self.longestWait)) else { return }
        }
    }
}
