public import CoreMetrics
import NIOConcurrencyHelpers

/// A backend of swift-metrics that keeps the numbers in the process, and writes them as the text of OpenMetrics 1.0.
///
/// ```swift
/// let registry = OpenMetricsRegistry()
/// MetricsSystem.bootstrap(registry)                   // once a process, before anything counts
/// let listener = try await OpenMetricsListener.start(registry)
/// ```
///
/// A counter gets the ending `_total`, a timer becomes a histogram in seconds with the ending `_seconds`, a recorder that
/// aggregates becomes a histogram, and meters and gauges are gauges. Whoever asks for a label and dimensions that exist gets
/// what there is. What a name may not hold becomes an underscore.
///
/// Counting takes no lock: it is one or two atomic additions. Thread-safe.
public final class OpenMetricsRegistry: MetricsFactory {
    /// The upper bounds of the buckets that times are counted in, in seconds: from a tenth of a millisecond, in which a small
    /// page is answered, to ten minutes, for pages that are live.
    public static let durationBuckets = [
        0.0001, 0.00025, 0.0005, 0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 60, 600,
    ]

    /// The upper bounds of the buckets for everything else that is aggregated.
    public static let valueBuckets: [Double] = [1, 10, 100, 1000, 10_000, 100_000, 1_000_000, 10_000_000, 100_000_000]

    private struct State {
        var families: [String: MetricFamily] = [:]
        /// The families by what they were asked for with.
        var names: [MetricFamily.Origin: String] = [:]
        /// The names of all samples that there are or may be.
        var taken: Set<String> = []
        var help: [String: String] = [:]
        var collectors: [@Sendable () -> [CollectedMetric]] = []
    }

    private let durationBuckets: [Double]
    private let valueBuckets: [Double]
    private let state = NIOLockedValueBox(State())

    /// - Parameters:
    ///   - durationBuckets: the upper bounds of buckets for times in seconds; the one without a bound is added.
    ///   - valueBuckets: those for everything else.
    public init(
        durationBuckets: [Double] = OpenMetricsRegistry.durationBuckets,
        valueBuckets: [Double] = OpenMetricsRegistry.valueBuckets
    ) {
        self.durationBuckets = durationBuckets
        self.valueBuckets = valueBuckets
    }

    /// Says what a metric means, in one sentence for its `# HELP` line.
    ///
    /// - Parameters:
    ///   - label: as it is given to swift-metrics.
    ///   - help: the sentence.
    public func describe(_ label: String, _ help: String) {
        self.state.withLockedValue { $0.help[label] = help }
    }

    /// Has metrics made when somebody asks, for what is cheaper to look up than to count.
    ///
    /// - Parameter collect: called on any thread, by one asker at a time or several. Metrics of a name that there is already
    ///   are left out.
    public func addCollector(_ collect: @escaping @Sendable () -> [CollectedMetric]) {
        self.state.withLockedValue { $0.collectors.append(collect) }
    }

    /// Everything as it stands, as the text of OpenMetrics 1.0: the families by their names, then `# EOF`.
    public func exposition() -> String {
        let (families, help, collectors) = self.state.withLockedValue { state in
            (Array(state.families.values), state.help, state.collectors)
        }
        var text = OpenMetricsText()
        var metrics = families.map { $0.collected(help: help[$0.origin.label]) }
        for collect in collectors { metrics += collect() }
        var names: Set<String> = []
        for metric in metrics.sorted(by: { $0.name < $1.name }) where names.insert(metric.name).inserted {
            text.append(metric)
        }
        return text.finished()
    }

    // MARK: Series

    /// The series of a label and dimensions, made if there is none.
    private func series<Series: MetricSeries>(
        _ origin: MetricFamily.Origin,
        _ dimensions: [(String, String)],
        make: () -> Series
    ) -> Series {
        let labels = MetricLabels(dimensions)
        return self.state.withLockedValue { state in
            let name = state.names[origin] ?? Self.takeName(for: origin, &state)
            if let there = state.families[name]?.series[labels] as? Series { return there }
            let new = make()
            state.families[name, default: MetricFamily(name: name, origin: origin)].series[labels] = new
            return new
        }
    }

    /// Forgets a series; a family without series is forgotten too.
    private func remove(_ handler: AnyObject) {
        self.state.withLockedValue { state in
            for (name, family) in state.families {
                guard let labels = family.series.first(where: { $0.value === handler })?.key else { continue }
                state.families[name]?.series[labels] = nil
                guard family.series.count == 1 else { return }
                state.families[name] = nil
                state.names[family.origin] = nil
                state.taken.subtract(family.origin.kind.sampleNames(name))
                return
            }
        }
    }

    /// A name whose samples clash with no other's: two kinds of metric may have been given one label.
    private static func takeName(for origin: MetricFamily.Origin, _ state: inout State) -> String {
        var name = MetricName.sanitized(origin.label, ending: origin.ending, of: origin.kind)
        while !state.taken.isDisjoint(with: origin.kind.sampleNames(name)) { name += "_\(origin.kind.rawValue)" }
        state.taken.formUnion(origin.kind.sampleNames(name))
        state.names[origin] = name
        return name
    }
}

// MARK: - What swift-metrics asks for

extension OpenMetricsRegistry {
    public func makeCounter(label: String, dimensions: [(String, String)]) -> any CounterHandler {
        self.counter(label, dimensions)
    }

    public func makeFloatingPointCounter(
        label: String,
        dimensions: [(String, String)]
    ) -> any FloatingPointCounterHandler {
        self.counter(label, dimensions)
    }

    public func makeMeter(label: String, dimensions: [(String, String)]) -> any MeterHandler {
        self.gauge(label, dimensions)
    }

    public func makeRecorder(label: String, dimensions: [(String, String)], aggregate: Bool) -> any RecorderHandler {
        guard aggregate else { return self.gauge(label, dimensions) }
        return self.series(MetricFamily.Origin(label: label, kind: .histogram), dimensions) {
            Histogram(bounds: self.valueBuckets)
        }
    }

    public func makeTimer(label: String, dimensions: [(String, String)]) -> any TimerHandler {
        self.series(MetricFamily.Origin(label: label, kind: .histogram, ending: "_seconds"), dimensions) {
            Histogram(bounds: self.durationBuckets)
        }
    }

    private func counter(_ label: String, _ dimensions: [(String, String)]) -> CounterValue {
        self.series(MetricFamily.Origin(label: label, kind: .counter), dimensions) { CounterValue() }
    }

    private func gauge(_ label: String, _ dimensions: [(String, String)]) -> GaugeValue {
        self.series(MetricFamily.Origin(label: label, kind: .gauge), dimensions) { GaugeValue() }
    }

    public func destroyCounter(_ handler: any CounterHandler) {
        self.remove(handler)
    }

    public func destroyFloatingPointCounter(_ handler: any FloatingPointCounterHandler) {
        self.remove(handler)
    }

    public func destroyMeter(_ handler: any MeterHandler) {
        self.remove(handler)
    }

    public func destroyRecorder(_ handler: any RecorderHandler) {
        self.remove(handler)
    }

    public func destroyTimer(_ handler: any TimerHandler) {
        self.remove(handler)
    }
}
