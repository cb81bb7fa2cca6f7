/// A moment in whole seconds, in the calendar of UTC; for validity of certificates, logs and feeds.
///
/// The calendar is the Gregorian one, extended in both directions, without leap seconds (as POSIX and X.509 count).
///
/// ```swift
/// let day = Timestamp(year: 2026, month: 11, day: 21)!
/// (day + .seconds(3723)).description              // 2026-11-21T01:02:03Z
/// ```
public struct Timestamp: Sendable, Hashable {
    /// Seconds since the start of 1970 in UTC, negative before.
    public let secondsSinceEpoch: Int64

    /// Takes seconds since the start of 1970 in UTC.
    public init(secondsSinceEpoch: Int64) {
        self.secondsSinceEpoch = secondsSinceEpoch
    }
}

extension Timestamp: Comparable {
    /// Whether the first moment is the earlier one.
    public static func < (lhs: Timestamp, rhs: Timestamp) -> Bool {
        lhs.secondsSinceEpoch < rhs.secondsSinceEpoch
    }
}

extension Timestamp {
    /// The moment that is this much later; parts of a second are dropped, and the result stays within what can be told.
    public static func + (moment: Timestamp, duration: Duration) -> Timestamp {
        let (seconds, attoseconds) = duration.components
        // `components` rounds towards zero; a duration of -0.5 s has to lead into the second before.
        let whole = attoseconds < 0 && seconds > .min ? seconds - 1 : seconds
        let (sum, overflow) = moment.secondsSinceEpoch.addingReportingOverflow(whole)
        return Timestamp(secondsSinceEpoch: overflow ? (whole < 0 ? .min : .max) : sum)
    }

    /// The moment that is this much earlier; parts of a second are dropped, and the result stays within what can be told.
    public static func - (moment: Timestamp, duration: Duration) -> Timestamp {
        moment + (.zero - duration)
    }

    /// The time from the second moment to the first, negative when the second is the later one.
    public static func - (lhs: Timestamp, rhs: Timestamp) -> Duration {
        .seconds(lhs.secondsSinceEpoch) - .seconds(rhs.secondsSinceEpoch)
    }

    /// Moves the moment to a later one.
    public static func += (moment: inout Timestamp, duration: Duration) {
        moment = moment + duration
    }

    /// Moves the moment to an earlier one.
    public static func -= (moment: inout Timestamp, duration: Duration) {
        moment = moment - duration
    }
}
