/// The labels of a series, in the order of their names.
struct MetricLabels: Hashable, Comparable {
    struct Pair: Hashable, Comparable {
        var name: String
        var value: String

        static func < (left: Pair, right: Pair) -> Bool {
            (left.name, left.value) < (right.name, right.value)
        }
    }

    let pairs: [Pair]

    /// - Parameter dimensions: names with their values; of several of a name the last counts.
    init(_ dimensions: [(String, String)]) {
        var values: [String: String] = [:]
        for (name, value) in dimensions { values[MetricName.sanitizedLabel(name)] = value }
        self.pairs = values.map { Pair(name: $0.key, value: $0.value) }.sorted()
    }

    static func < (left: MetricLabels, right: MetricLabels) -> Bool {
        left.pairs.lexicographicallyPrecedes(right.pairs)
    }
}
