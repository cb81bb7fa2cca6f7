// swift-tools-version: 6.2

import PackageDescription

// A package of its own, so that nobody who uses the libraries resolves what only the measurements need.
let package = Package(
    name: "canaveral-benchmarks",
    platforms: [.macOS(.v15)],
    dependencies: [
        .package(name: "canaveral", path: ".."),
        // The harness: warm-up, percentiles, and comparison with a stored baseline. Its default traits replace malloc
        // and the runtime's reference counting to count calls; time and instructions need neither.
        .package(url: "https://github.com/ordo-one/benchmark.git", from: "1.38.1", traits: []),
        // Under the yardstick.
        .package(url: "https://github.com/apple/swift-nio.git", from: "2.101.2"),
        .package(url: "https://github.com/apple/swift-nio-ssl.git", from: "2.37.6"),
    ],
    targets: [
        // A bare NIOSSL server: what a full TLS handshake and a fixed answer cost with nothing around them.
        .executableTarget(
            name: "Yardstick",
            dependencies: [
                .product(name: "NIOCore", package: "swift-nio"),
                .product(name: "NIOPosix", package: "swift-nio"),
                .product(name: "NIOSSL", package: "swift-nio-ssl"),
            ]
        ),
        // A capsule with the same page from a file and from a handler.
        .executableTarget(
            name: "Pages",
            dependencies: [.product(name: "Canaveral", package: "canaveral")]
        ),
        // The value types that every request goes through, one by one.
        .executableTarget(
            name: "GeminiProtocolBenchmarks",
            dependencies: [
                .product(name: "GeminiProtocol", package: "canaveral"),
                .product(name: "Benchmark", package: "benchmark"),
            ],
            path: "Benchmarks/GeminiProtocolBenchmarks",
            plugins: [.plugin(name: "BenchmarkPlugin", package: "benchmark")]
        ),
        // What the framework adds to a request.
        .executableTarget(
            name: "CanaveralBenchmarks",
            dependencies: [
                .product(name: "Canaveral", package: "canaveral"),
                .product(name: "Benchmark", package: "benchmark"),
            ],
            path: "Benchmarks/CanaveralBenchmarks",
            plugins: [.plugin(name: "BenchmarkPlugin", package: "benchmark")]
        ),
    ]
)

for target in package.targets {
    target.swiftSettings = [
        .enableUpcomingFeature("ExistentialAny"),
        .enableUpcomingFeature("MemberImportVisibility"),
        .enableUpcomingFeature("InternalImportsByDefault"),
        .enableUpcomingFeature("NonisolatedNonsendingByDefault"),
    ]
}
