import Histogram

/// How long a part of the requests took.
///
/// Kept as a histogram of three significant digits (HdrHistogram), so that the slowest request of millions is still
/// there.
public struct Latency: Sendable {
    private var nanoseconds = Histogram<UInt64>(
        highestTrackableValue: 3_600_000_000_000,
        numberOfSignificantValueDigits: .three
    )

    init() {}

    mutating func record(_ duration: Int64) {
        self.nanoseconds.record(UInt64(clamping: min(duration, 3_600_000_000_000)))
    }

    mutating func add(_ other: Latency) {
        self.nanoseconds.add(other.nanoseconds)
    }

    /// How many requests are in it.
    public var count: Int {
        Int(self.nanoseconds.totalCount)
    }

    /// The time that so many percent of the requests took at most; zero when there are none.
    public func percentile(_ percent: Double) -> Duration {
        .nanoseconds(Int64(min(self.nanoseconds.valueAtPercentile(percent), self.nanoseconds.maxRecorded)))
    }

    /// The longest.
    public var maximum: Duration {
        .nanoseconds(Int64(self.nanoseconds.maxRecorded))
    }

    /// The average, which hides what the percentiles show.
    public var mean: Duration {
        self.count == 0 ? .zero : .nanoseconds(Int64(self.nanoseconds.mean))
    }
}
