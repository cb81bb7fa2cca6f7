import CoreMetrics
import Synchronization

/// A count, of whole numbers or of fractions, that never falls. Thread-safe.
final class CounterValue: CounterHandler, FloatingPointCounterHandler, MetricSeries {
    private let whole = Atomic<UInt64>(0)
    private let fractions = AtomicReal()

    func increment(by amount: Int64) {
        guard amount > 0 else { return }
        self.whole.wrappingAdd(UInt64(amount), ordering: .relaxed)
    }

    func increment(by amount: Double) {
        guard amount > 0 else { return }
        self.fractions.add(amount)
    }

    func reset() {
        self.whole.store(0, ordering: .relaxed)
        self.fractions.set(0)
    }

    func samples(labels: [(String, String)]) -> [CollectedMetric.Sample] {
        let (whole, fractions) = (self.whole.load(ordering: .relaxed), self.fractions.value)
        let value: CollectedMetric.Value = fractions == 0 ? .whole(whole) : .real(Double(whole) + fractions)
        return [CollectedMetric.Sample(suffix: "_total", labels: labels, value: value)]
    }
}
