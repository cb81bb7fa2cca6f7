#if SQLite
import Canaveral
import NIOConcurrencyHelpers

/// When a write also removes what has expired: once a minute.
final class Sweep: Sendable {
    /// How many values one sweep removes, so that no visitor waits long for it.
    static let size = 1000
    private static let interval = Duration.seconds(60)

    private let next = NIOLockedValueBox(Timestamp(secondsSinceEpoch: .min))

    /// Whether it is time; the next time is then an interval later.
    func isDue(at now: Timestamp) -> Bool {
        self.next.withLockedValue { next in
            // One that is further away was set by a clock that was ahead then.
            guard next <= now || next > now + Self.interval else { return false }
            next = now + Self.interval
            return true
        }
    }
}
#endif
