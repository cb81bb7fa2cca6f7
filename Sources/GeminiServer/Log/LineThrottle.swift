import NIOConcurrencyHelpers
package import NIOCore

/// For lines of the log of which strangers decide how many there are: says when one is due, which is at once, and then no
/// more than once a minute. Thread-safe.
///
/// A key is a kind of line; there have to be few of them, whatever strangers do.
package final class LineThrottle<Key: Hashable & Sendable>: Sendable {
    package static var interval: TimeAmount { .minutes(1) }

    private struct Count {
        var untold = 0
        var quietUntil: NIODeadline?
    }

    private let counts = NIOLockedValueBox<[Key: Count]>([:])

    package init() {}

    /// Counts something to be told.
    ///
    /// - Returns: how often it was since the last line of its kind, if it is time for one.
    package func count(_ key: Key, now: NIODeadline = .now()) -> Int? {
        self.counts.withLockedValue { counts in
            var count = counts[key, default: Count()]
            defer { counts[key] = count }
            count.untold += 1
            if let quietUntil = count.quietUntil, now < quietUntil { return nil }
            count.quietUntil = now + Self.interval
            defer { count.untold = 0 }
            return count.untold
        }
    }
}
