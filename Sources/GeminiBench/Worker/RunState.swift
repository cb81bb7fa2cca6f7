import Synchronization

/// What the threads of a run share, and whoever watches it. Thread-safe.
final class RunState: Sendable {
    private let stops = Atomic(false)
    private let budget: Atomic<Int>
    private let completed = Atomic(0)
    private let failed = Atomic(0)

    /// - Parameter requests: how many requests may be made.
    init(requests: Int?) {
        self.budget = Atomic(requests ?? .max)
    }

    /// Ends the run before its time.
    func stop() {
        self.stops.store(true, ordering: .relaxed)
    }

    var isStopped: Bool {
        self.stops.load(ordering: .relaxed)
    }

    /// Takes one of the requests that may be made.
    func takeRequest() -> Bool {
        guard self.budget.load(ordering: .relaxed) > 0 else { return false }
        return self.budget.subtract(1, ordering: .relaxed).oldValue > 0
    }

    func count(completed: Int, failed: Int) {
        self.completed.add(completed, ordering: .relaxed)
        self.failed.add(failed, ordering: .relaxed)
    }

    var counts: (completed: Int, failed: Int) {
        (self.completed.load(ordering: .relaxed), self.failed.load(ordering: .relaxed))
    }
}
