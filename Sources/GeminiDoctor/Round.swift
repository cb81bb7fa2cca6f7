import GeminiProbe
import NIOConcurrencyHelpers

/// Runs checks against one server and keeps what they come to.
final class Round: Sendable {
    private struct State {
        var results: [String: Diagnosis.Result] = [:]
        var running: [String] = []
    }

    private let examination: Examination
    private let home: Examination.Home
    private let total: Int
    private let progress: @Sendable (Doctor.Progress) -> Void
    private let state = NIOLockedValueBox(State())

    init(
        examination: Examination,
        home: Examination.Home,
        total: Int,
        progress: @escaping @Sendable (Doctor.Progress) -> Void
    ) {
        self.examination = examination
        self.home = home
        self.total = total
        self.progress = progress
    }

    func run(_ checks: [Check], atATime width: Int) async {
        await withTaskGroup(of: Void.self) { group in
            for (index, check) in checks.enumerated() {
                if index >= width { await group.next() }
                group.addTask { await onThread { self.run(check) } }
            }
        }
    }

    func results(in checks: [Check]) -> [Diagnosis.Result] {
        self.state.withLockedValue { state in checks.compactMap { state.results[$0.id] } }
    }

    private func run(_ check: Check) {
        self.report { $0.running.append(check.title) }
        let start = ContinuousClock.now
        let findings = self.findings(of: check)
        self.report { state in
            state.running.removeAll { $0 == check.title }
            state.results[check.id] = Diagnosis.Result(check: check, findings: findings, duration: .now - start)
        }
    }

    private func report(_ change: (inout State) -> Void) {
        let progress = self.state.withLockedValue { state in
            change(&state)
            return Doctor.Progress(finished: state.results.count, total: self.total, running: state.running)
        }
        self.progress(progress)
    }

    /// What the check finds; one that cannot connect gets a second chance, because networks have their moments.
    private func findings(of check: Check) -> [Finding] {
        for attempt in 1... {
            guard !self.examination.isOver else { break }
            do throws(ProbeError) {
                return try check.examine(self.examination, self.home).merged
            } catch {
                guard attempt > 1 else {
                    self.examination.rest(.milliseconds(500))
                    continue
                }
                guard !self.examination.isOver else { break }
                return [
                    Finding(
                        .warning,
                        "This could not be judged: \(error).",
                        remedy: "See why the server refuses a connection that it took before."
                    )
                ]
            }
        }
        return [.note("This was not judged: the time for the examination was over.")]
    }
}
