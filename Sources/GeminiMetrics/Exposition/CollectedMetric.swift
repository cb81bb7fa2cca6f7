/// A metric with its values at one moment: what a collector hands over.
///
/// ```swift
/// registry.addCollector {
///     var pages = CollectedMetric("capsule_pages", .gauge, help: "Pages that there are.")
///     pages.add(Double(store.pageCount), labels: [("language", "en")])
///     return [pages]
/// }
/// ```
public struct CollectedMetric: Sendable {
    /// What kind of metric it is; the raw value is OpenMetrics' name for it.
    public enum Kind: String, Hashable, Sendable {
        /// A value that goes up and down.
        case gauge
        /// A count that only goes up.
        case counter
        /// How many values there were in each of some ranges.
        case histogram
        /// Facts that do not change, as labels of a 1.
        case info
    }

    enum Value: Sendable {
        case whole(UInt64)
        case real(Double)
    }

    /// A line of the text.
    struct Sample: Sendable {
        /// What the line's name has behind that of the metric.
        var suffix = ""
        var labels: [(String, String)] = []
        var value: Value
    }

    let name: String
    let kind: Kind
    let help: String?
    var samples: [Sample] = []

    /// - Parameters:
    ///   - name: without what its kind brings with it, `_total` or `_info`. An ending such as `_bytes` is its unit.
    ///   - kind: not a histogram, for which there is no value to add.
    ///   - help: one sentence that says what it means.
    public init(_ name: String, _ kind: Kind, help: String? = nil) {
        self.name = MetricName.sanitized(name, of: kind)
        self.kind = kind
        self.help = help
    }

    /// Adds a value with labels that no other value has.
    public mutating func add(_ value: Double, labels: [(String, String)] = []) {
        let suffix =
            switch self.kind {
            case .counter: "_total"
            case .info: "_info"
            case .gauge, .histogram: ""
            }
        let labels = MetricLabels(labels).pairs.map { ($0.name, $0.value) }
        self.samples.append(Sample(suffix: suffix, labels: labels, value: .real(value)))
    }
}
