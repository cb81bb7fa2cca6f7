import Benchmark

/// The value types that a request or a response goes through, each on what it meets in an ordinary capsule.
let benchmarks: @Sendable () -> Void = {
    Benchmark.defaultConfiguration = .init(
        metrics: [.wallClock, .instructions],
        warmupIterations: 10,
        scalingFactor: .kilo,
        maxDuration: .seconds(2),
        maxIterations: 10_000
    )
    registerURLBenchmarks()
    registerRequestBenchmarks()
    registerResponseBenchmarks()
    registerGemtextBenchmarks()
}

extension Benchmark {
    /// Registers a benchmark of one operation, done so many times a measurement that the clock is fine enough.
    static func repeated<Result>(
        _ name: String,
        scale: BenchmarkScalingFactor = .kilo,
        _ operation: @escaping @Sendable () throws -> Result
    ) {
        Benchmark(name, configuration: .init(scalingFactor: scale)) { benchmark in
            for _ in benchmark.scaledIterations {
                blackHole(try operation())
            }
        }
    }
}
