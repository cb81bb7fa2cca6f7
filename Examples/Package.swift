// swift-tools-version: 6.2

import PackageDescription

let package = Package(
    name: "canaveral-examples",
    platforms: [.macOS(.v15)],
    dependencies: [
        .package(name: "canaveral", path: "..", traits: ["SQLite"]),
        .package(url: "https://github.com/groue/GRDB.swift.git", from: "7.10.0"),
    ],
    targets: [
        .executableTarget(
            name: "LaunchSite",
            dependencies: [
                .product(name: "Canaveral", package: "canaveral"),
                .product(name: "CanaveralSQLite", package: "canaveral"),
                .product(name: "GRDB", package: "GRDB.swift"),
            ],
            path: "LaunchSite/Sources"
        ),
        .testTarget(
            name: "LaunchSiteTests",
            dependencies: ["LaunchSite", .product(name: "CanaveralTesting", package: "canaveral")],
            path: "LaunchSite/Tests"
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
