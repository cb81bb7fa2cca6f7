import NIOConcurrencyHelpers

/// A clock on which whoever sleeps wakes at once, and it is the time then.
struct LeapingClock: Clock {
    typealias Instant = ContinuousClock.Instant

    private let time: NIOLockedValueBox<Instant>

    init(at now: Instant) {
        self.time = NIOLockedValueBox(now)
    }

    var now: Instant { self.time.withLockedValue { $0 } }
    var minimumResolution: Duration { .nanoseconds(1) }

    func sleep(until deadline: Instant, tolerance: Duration?) async throws {
        try Task.checkCancellation()
        self.time.withLockedValue { $0 = max($0, deadline) }
    }
}
