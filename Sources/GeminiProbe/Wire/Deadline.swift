/// The moment until which something may take; every operation of a probe has one.
package struct Deadline: Sendable, Hashable {
    package let instant: ContinuousClock.Instant

    package init(at instant: ContinuousClock.Instant) {
        self.instant = instant
    }

    /// The moment that is this far from now.
    package static func after(_ duration: Duration) -> Deadline {
        Deadline(at: .now + duration)
    }

    package var hasPassed: Bool {
        ContinuousClock.now >= self.instant
    }

    package func orEarlier(_ other: Deadline) -> Deadline {
        Deadline(at: min(self.instant, other.instant))
    }

    /// What is left, in the milliseconds of poll(2), rounded up and never negative.
    var milliseconds: CInt {
        let (seconds, attoseconds) = (self.instant - .now).components
        guard seconds >= 0, attoseconds >= 0 else { return 0 }
        return CInt(min(seconds, 1_000_000) * 1000 + attoseconds / 1_000_000_000_000_000) + 1
    }
}
