import GeminiProtocol
import NIOCore
import NIOPosix

/// Loads a server, and measures how it bears that.
///
/// Each request is what a client does: a TCP connection, a TLS handshake, one line, the response to its end, goodbye.
/// Nothing is shared between the threads that make them but counters, and a request costs less processor time than with
/// most load generators, so that server and load can share a machine.
///
/// ```swift
/// var plan = BenchmarkPlan(url: try GeminiURL("gemini://localhost/"))
/// plan.load = .open(requestsPerSecond: 500)
/// let report = try await Benchmark(plan).run()
/// print(report.total.percentile(99))
/// ```
public struct Benchmark: Sendable {
    /// How far a run has come.
    public struct Progress: Sendable, Hashable {
        /// Since the warm-up; below zero before its end.
        public var elapsed: Duration
        public var completed: Int
        public var failed: Int
    }

    private let plan: BenchmarkPlan

    /// - Parameter plan: what is to be done.
    public init(_ plan: BenchmarkPlan) {
        self.plan = plan
    }

    /// Runs to the end, or until the task is cancelled; what was measured until then is returned.
    ///
    /// - Parameters:
    ///   - interval: how often progress is told.
    ///   - progress: is told how far the run has come.
    /// - Throws: ``BenchmarkError`` if it cannot begin, and `CancellationError` if it is cancelled before it has.
    public func run(
        reportingEvery interval: Duration = .milliseconds(200),
        progress: @escaping @Sendable (Progress) -> Void = { _ in }
    ) async throws -> BenchmarkReport {
        try await self.run(on: SystemPoller.self, reportingEvery: interval, progress: progress)
    }

    func run<SocketPoller: Poller>(
        on poller: SocketPoller.Type,
        reportingEvery interval: Duration = .milliseconds(200),
        progress: @escaping @Sendable (Progress) -> Void = { _ in }
    ) async throws -> BenchmarkReport {
        let request = try self.request()
        let threads = max(1, min(self.plan.threads, self.plan.connections))
        let pool = NIOThreadPool(numberOfThreads: threads)
        pool.start()
        do {
            let report = try await self.run(request, on: poller, pool: pool, threads: threads, interval, progress)
            try await pool.shutdownGracefully()
            return report
        } catch {
            try await pool.shutdownGracefully()
            throw error
        }
    }

    private func run<SocketPoller: Poller>(
        _ request: [UInt8],
        on poller: SocketPoller.Type,
        pool: NIOThreadPool,
        threads: Int,
        _ interval: Duration,
        _ progress: @escaping @Sendable (Progress) -> Void
    ) async throws -> BenchmarkReport {
        let plan = self.plan
        let address = try await pool.runIfActive { try Target(plan).address() }
        let state = RunState(requests: plan.requests)
        let start = NIODeadline.now()
        let measuring = start + TimeAmount(plan.warmup)
        let end = plan.duration.map { measuring + TimeAmount($0) }

        let watching = Task {
            while (try? await Task.sleep(for: interval)) != nil {
                let elapsed = (NIODeadline.now() - measuring).nanoseconds
                let counts = state.counts
                progress(
                    Progress(elapsed: .nanoseconds(elapsed), completed: counts.completed, failed: counts.failed)
                )
            }
        }
        let metering = Task { () -> Duration in
            try? await Task.sleep(for: plan.warmup)
            return ProcessorTime.now()
        }
        defer {
            watching.cancel()
            metering.cancel()
        }
        let tally = try await withTaskCancellationHandler {
            try await withThrowingTaskGroup(of: Tally.self) { group in
                for thread in 0..<threads {
                    let connections = plan.connections / threads + (thread < plan.connections % threads ? 1 : 0)
                    let assignment = Assignment(
                        plan: plan,
                        address: address,
                        request: request,
                        connections: connections,
                        pace: Pace(plan.load, thread: thread, threads: threads, start: start, end: end),
                        measuring: measuring
                    )
                    group.addTask {
                        try await pool.runIfActive {
                            guard let worker = try? Worker<SocketPoller>(assignment, state: state) else {
                                throw BenchmarkError.noDescriptors
                            }
                            return worker.run()
                        }
                    }
                }
                return try await group.reduce(into: Tally()) { $0.add($1) }
            }
        } onCancel: {
            state.stop()
        }
        metering.cancel()

        var report = tally.report
        let last = state.isStopped ? NIODeadline.now() : tally.lastEnd ?? NIODeadline.now()
        report.elapsed = .nanoseconds(max(0, (last - measuring).nanoseconds))
        report.processorTime = max(.zero, ProcessorTime.now() - (await metering.value))
        report.threads = threads
        report.address = address.endpointDescription
        return report
    }

    /// The bytes of the request, once everything that can be said against the plan was said.
    private func request() throws(BenchmarkError) -> [UInt8] {
        let plan = self.plan
        guard plan.url.scheme == "gemini" else { throw .unsupportedScheme(plan.url.scheme) }
        guard plan.connections > 0 else { throw .invalid("There have to be connections: give a number above 0.") }
        guard plan.threads > 0 else { throw .invalid("There have to be threads: give a number above 0.") }
        guard plan.duration != nil || plan.requests != nil else {
            throw .invalid("A run needs an end: give a time or a number of requests.")
        }
        if case .open(let rate) = plan.load, !(rate > 0 && rate <= 10_000_000) {
            throw .invalid("A rate is a number of requests a second above 0.")
        }
        let line = Array(plan.url.withoutFragment.description.utf8)
        guard line.count <= 1024 else { throw .tooLong }
        return line + [UInt8(ascii: "\r"), UInt8(ascii: "\n")]
    }
}
