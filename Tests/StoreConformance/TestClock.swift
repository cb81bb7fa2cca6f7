package import Canaveral
import NIOConcurrencyHelpers

/// A clock that a test sets.
package final class TestClock: Sendable {
    private let box: NIOLockedValueBox<Timestamp>

    package init(_ start: Timestamp = Timestamp(secondsSinceEpoch: 1_800_000_000)) {
        self.box = NIOLockedValueBox(start)
    }

    package var now: Timestamp { self.box.withLockedValue { $0 } }

    package func advance(by duration: Duration) {
        self.box.withLockedValue { $0 += duration }
    }
}
