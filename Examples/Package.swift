// swift-tools-version: 6.2

import PackageDescription

let package = Package(
    name: "canaveral-examples",
    platforms: [.macOS(.v15)],
    dependencies: [
        .package(name: "canaveral", path: "..", traits: ["SQLite"]),
        // For Guestbook and LaunchSite: tables of their own in the capsule's database.
        .package(url: "https://github.com/groue/GRDB.swift.git", from: "7.10.0"),
        // For HTTPProxy: HTTP with redirects, time limits and TLS.
        .package(url: "https://github.com/swift-server/async-http-client.git", from: "1.37.0"),
        // For HTTPProxy: what AsyncHTTPClient takes and gives, and a web server for the tests.
        .package(url: "https://github.com/apple/swift-nio.git", from: "2.101.2"),
    ],
    targets: []
)

/// An example: a program in a folder of its own, with its tests.
func example(
    _ name: String,
    using products: [Target.Dependency] = [],
    testing testProducts: [Target.Dependency] = []
) -> [Target] {
    [
        .executableTarget(
            name: name,
            dependencies: [.product(name: "Canaveral", package: "canaveral")] + products,
            path: "\(name)/Sources"
        ),
        .testTarget(
            name: "\(name)Tests",
            dependencies: [.target(name: name), .product(name: "CanaveralTesting", package: "canaveral")]
                + testProducts,
            path: "\(name)/Tests"
        ),
    ]
}

package.targets += example("Chatroom")
package.targets += example("Counter")
package.targets += example("Echo")
package.targets += example(
    "Guestbook",
    using: [
        .product(name: "CanaveralSQLite", package: "canaveral"),
        .product(name: "GRDB", package: "GRDB.swift"),
    ]
)
package.targets += example(
    "LaunchSite",
    using: [
        .product(name: "CanaveralSQLite", package: "canaveral"),
        .product(name: "GRDB", package: "GRDB.swift"),
    ]
)
package.targets += example("Pagination")
package.targets += example("RateLimit")
package.targets += example("Redirects")
package.targets += example("VirtualHosts")
package.targets += example(
    "HTTPProxy",
    using: [
        .product(name: "AsyncHTTPClient", package: "async-http-client"),
        .product(name: "NIOCore", package: "swift-nio"),
        .product(name: "NIOHTTP1", package: "swift-nio"),
    ],
    testing: [
        .product(name: "NIOCore", package: "swift-nio"),
        .product(name: "NIOHTTP1", package: "swift-nio"),
        .product(name: "NIOPosix", package: "swift-nio"),
    ]
)

package.targets += example("Wiki")

for target in package.targets {
    target.swiftSettings = [
        .enableUpcomingFeature("ExistentialAny"),
        .enableUpcomingFeature("MemberImportVisibility"),
        .enableUpcomingFeature("InternalImportsByDefault"),
        .enableUpcomingFeature("NonisolatedNonsendingByDefault"),
    ]
    if Context.environment["CI"] != nil {
        target.swiftSettings?.append(.treatAllWarnings(as: .error))
    }
}
