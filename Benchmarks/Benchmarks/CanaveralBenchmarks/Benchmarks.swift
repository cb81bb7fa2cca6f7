import Benchmark

/// What the framework puts between a request and an application's handler.
let benchmarks: @Sendable () -> Void = {
    Benchmark.defaultConfiguration = .init(
        metrics: [.wallClock, .instructions],
        warmupIterations: 10,
        scalingFactor: .kilo,
        maxDuration: .seconds(2),
        maxIterations: 10_000
    )
    registerRouteBenchmarks()
    registerRedirectBenchmarks()
}
