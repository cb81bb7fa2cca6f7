/// The series of one name, which differ in their labels.
struct MetricFamily {
    /// What was asked for.
    struct Origin: Hashable {
        var label: String
        var kind: CollectedMetric.Kind
        /// What the name has to end with, before what its kind brings with it.
        var ending = ""
    }

    let name: String
    let origin: Origin
    var series: [MetricLabels: any MetricSeries] = [:]

    init(name: String, origin: Origin) {
        self.name = name
        self.origin = origin
    }

    /// The values as they stand, in the order of their labels.
    func collected(help: String?) -> CollectedMetric {
        var metric = CollectedMetric(self.name, self.origin.kind, help: help)
        for (labels, series) in self.series.sorted(by: { $0.key < $1.key }) {
            metric.samples += series.samples(labels: labels.pairs.map { ($0.name, $0.value) })
        }
        return metric
    }
}

extension CollectedMetric.Kind {
    /// The names that samples of a family of this kind can have, and that no other family may.
    func sampleNames(_ name: String) -> [String] {
        switch self {
        case .gauge: [name]
        case .counter: [name, name + "_total", name + "_created"]
        case .histogram: [name, name + "_bucket", name + "_count", name + "_sum", name + "_created"]
        case .info: [name, name + "_info"]
        }
    }
}
