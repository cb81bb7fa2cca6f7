import CoreMetrics

/// A value that goes up and down. Thread-safe.
final class GaugeValue: MeterHandler, RecorderHandler, MetricSeries {
    private let current = AtomicReal()

    func samples(labels: [(String, String)]) -> [CollectedMetric.Sample] {
        [CollectedMetric.Sample(labels: labels, value: .real(self.current.value))]
    }

    func set(_ value: Int64) {
        self.current.set(Double(value))
    }

    func set(_ value: Double) {
        self.current.set(value)
    }

    func increment(by amount: Double) {
        self.current.add(amount)
    }

    func decrement(by amount: Double) {
        self.current.add(-amount)
    }

    func record(_ value: Int64) {
        self.set(value)
    }

    func record(_ value: Double) {
        self.set(value)
    }
}
