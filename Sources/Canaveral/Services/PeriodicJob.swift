public import Logging
public import ServiceLifecycle

/// Work that is done again and again for as long as the application runs.
///
/// ```swift
/// options.services = [
///     PeriodicJob("water the plants", every: .hours(1)) { try await garden.water() },
/// ]
/// ```
///
/// The runs keep to the times that the first wait set, however long each takes, and what is missed because a run took longer
/// is left out: a job never runs twice at once. An error goes to the log, and the job goes on. When the application ends
/// a run is finished, within the grace; then it is cancelled.
public struct PeriodicJob: Service {
    private let period: Duration
    private let runsAtOnce: Bool
    private let run: JobRun

    /// - Parameters:
    ///   - name: for the log.
    ///   - period: from one run to the next.
    ///   - runsAtOnce: whether the first run is when the application starts, rather than a period later.
    ///   - grace: how long a run may go on when the application ends.
    ///   - environment: the clock; in tests the test's.
    ///   - logger: where errors go.
    ///   - work: one run.
    public init(
        _ name: String,
        every period: Duration,
        runsAtOnce: Bool = false,
        grace: Duration = .seconds(2),
        environment: AppEnvironment = .system,
        logger: Logger = Logger(label: "canaveral"),
        _ work: @escaping @Sendable () async throws -> Void
    ) {
        precondition(period > .zero, "The job '\(name)' needs a period of more than nothing.")
        self.period = period
        self.runsAtOnce = runsAtOnce
        self.run = JobRun(name: name, grace: grace, environment: environment, logger: logger, work: work)
    }

    public func run() async {
        var schedule = PeriodicSchedule(
            first: self.run.environment.uptime() + (self.runsAtOnce ? .zero : self.period),
            period: self.period
        )
        while await self.run.wait(schedule.delay(at: self.run.environment.uptime())) {
            await self.run.once()
        }
    }
}
