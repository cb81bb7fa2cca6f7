/// What keeps the numbers of one series. Thread-safe.
protocol MetricSeries: AnyObject, Sendable {
    /// The lines that it makes.
    func samples(labels: [(String, String)]) -> [CollectedMetric.Sample]
}
