import CoreMetrics

/// One counter for each value of a label, all of them there from the start. Thread-safe.
struct LabelledCounters<Value: Hashable & Sendable & RawRepresentable<String>>: Sendable {
    private let counters: [Value: Counter]

    init(_ metric: ServerMetric, by label: String, _ values: [Value], factory: any MetricsFactory) {
        let counters = values.map { value in
            let dimensions = [(label, value.rawValue)]
            return (value, Counter(label: metric.rawValue, dimensions: dimensions, factory: factory))
        }
        self.counters = Dictionary(uniqueKeysWithValues: counters)
    }

    init(_ metric: ServerMetric, by label: String, factory: any MetricsFactory) where Value: CaseIterable {
        self.init(metric, by: label, Array(Value.allCases), factory: factory)
    }

    func increment(_ value: Value) {
        self.counters[value]?.increment()
    }
}
