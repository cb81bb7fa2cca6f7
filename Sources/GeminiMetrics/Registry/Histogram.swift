import CoreMetrics
import Synchronization

/// How many values there were in each of some ranges, and their sum. Thread-safe.
final class Histogram: RecorderHandler, TimerHandler, MetricSeries {
    /// A number by itself: values of one range do not hold up those of another.
    private final class Bucket: Sendable {
        let count = Atomic<UInt64>(0)
    }

    private let bounds: [Double]
    /// One for each bound, and the one above them all.
    private let buckets: [Bucket]
    private let sum = AtomicReal()

    /// - Parameter bounds: the largest value of each range, in any order.
    init(bounds: [Double]) {
        self.bounds = Set(bounds.filter(\.isFinite)).sorted()
        self.buckets = (0...self.bounds.count).map { _ in Bucket() }
    }

    func record(_ value: Double) {
        guard !value.isNaN else { return }
        let index = self.bounds.firstIndex { value <= $0 } ?? self.bounds.count
        self.buckets[index].count.wrappingAdd(1, ordering: .relaxed)
        self.sum.add(value)
    }

    func record(_ value: Int64) {
        self.record(Double(value))
    }

    /// Times are kept in seconds, the unit of OpenMetrics.
    func recordNanoseconds(_ duration: Int64) {
        self.record(Double(duration) / 1_000_000_000)
    }

    /// Cumulative counts by upper bound, then the count of all and their sum. The count is that of the buckets, so that
    /// lines which are read while values come agree with each other.
    func samples(labels: [(String, String)]) -> [CollectedMetric.Sample] {
        var samples: [CollectedMetric.Sample] = []
        var total: UInt64 = 0
        for (bucket, bound) in zip(self.buckets, self.bounds.map(OpenMetricsText.number) + ["+Inf"]) {
            total += bucket.count.load(ordering: .relaxed)
            let labels = labels + [("le", bound)]
            samples.append(CollectedMetric.Sample(suffix: "_bucket", labels: labels, value: .whole(total)))
        }
        samples.append(CollectedMetric.Sample(suffix: "_count", labels: labels, value: .whole(total)))
        // A sum exists where no value is negative (OpenMetrics 1.0, "Histogram").
        if self.bounds.first.map({ $0 >= 0 }) ?? true {
            samples.append(CollectedMetric.Sample(suffix: "_sum", labels: labels, value: .real(self.sum.value)))
        }
        return samples
    }
}
