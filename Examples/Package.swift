// swift-tools-version: 6.2

import PackageDescription

let package = Package(
    name: "canaveral-examples",
    platforms: [.macOS(.v15)],
    dependencies: [
        .package(name: "canaveral", path: "..")
    ],
    targets: [
        .executableTarget(
            name: "Wiki",
            dependencies: [.product(name: "Canaveral", package: "canaveral")],
            path: "Wiki/Sources"
        ),
        .testTarget(
            name: "WikiTests",
            dependencies: ["Wiki", .product(name: "CanaveralTesting", package: "canaveral")],
            path: "Wiki/Tests"
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
