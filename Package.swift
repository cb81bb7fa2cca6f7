// swift-tools-version: 6.2

import PackageDescription

let traitsByDefault = Set((Context.environment["CANAVERAL_TRAITS"] ?? "").split(separator: ",").map(String.init))

let package = Package(
    name: "canaveral",
    platforms: [.macOS(.v15)],
    products: [
        .executable(name: "canaveral", targets: ["CanaveralCommand"]),
        .library(name: "Canaveral", targets: ["Canaveral"]),
        .library(name: "CanaveralSQLite", targets: ["CanaveralSQLite"]),
        .library(name: "CanaveralTesting", targets: ["CanaveralTesting"]),
        .library(name: "GeminiProtocol", targets: ["GeminiProtocol"]),
        .library(name: "GeminiServer", targets: ["GeminiServer"]),
        .library(name: "GeminiMetrics", targets: ["GeminiMetrics"]),
        .library(name: "GeminiFiles", targets: ["GeminiFiles"]),
        .library(name: "GeminiGateway", targets: ["GeminiGateway"]),
        .library(name: "GeminiClient", targets: ["GeminiClient"]),
        .library(name: "GeminiProxy", targets: ["GeminiProxy"]),
        .library(name: "GeminiFeeds", targets: ["GeminiFeeds"]),
        .library(name: "GeminiBench", targets: ["GeminiBench"]),
        .library(name: "GeminiLint", targets: ["GeminiLint"]),
    ],
    traits: [
        .trait(name: "SQLite", description: "Applications keep their sessions, conversations and accounts in SQLite."),
        // For CI, so that scripts which build need not know of traits: CANAVERAL_TRAITS=SQLite is `--traits SQLite`.
        .default(enabledTraits: traitsByDefault),
    ],
    dependencies: [
        // The event loops, channels and buffers under every connection.
        .package(url: "https://github.com/apple/swift-nio.git", from: "2.101.2"),
        // TLS for those channels: BoringSSL, with the same behaviour on every platform.
        .package(url: "https://github.com/apple/swift-nio-ssl.git", from: "2.37.6"),
        // For the tests: another's opinion on the certificates that we make (docs/design.md says why not to make them).
        .package(url: "https://github.com/apple/swift-certificates.git", from: "1.21.1"),
        // The SHA-256 of fingerprints and the private keys of certificates.
        .package(url: "https://github.com/apple/swift-crypto.git", from: "4.5.2"),
        // For the tests, with the certificates.
        .package(url: "https://github.com/apple/swift-asn1.git", from: "1.7.4"),
        // The logging interface that server-side Swift shares; the application chooses what is behind it.
        .package(url: "https://github.com/apple/swift-log.git", from: "1.16.2"),
        // Unix signals as a sequence, for the program; services that start and end with an application, for the framework.
        .package(url: "https://github.com/swift-server/swift-service-lifecycle.git", from: "2.13.0"),
        // The program's command line: parsing, help, completions and the manual page.
        .package(url: "https://github.com/apple/swift-argument-parser.git", from: "1.8.2"),
        // Latencies of millions of requests in a fixed amount of memory, without losing the tail, for the load generator.
        .package(url: "https://github.com/HdrHistogram/hdrhistogram-swift.git", from: "0.2.0"),
        // The metrics interface that server-side Swift shares; the application chooses what is behind it.
        .package(url: "https://github.com/apple/swift-metrics.git", from: "2.13.0"),
        // For the tests: toml++'s opinion on what our own reader of TOML takes (docs/design.md says why not to read with it).
        .package(url: "https://github.com/LebJe/TOMLKit.git", from: "0.6.0"),
        // SQLite with migrations, pooled readers and typed errors, for applications that ask for the trait.
        .package(url: "https://github.com/groue/GRDB.swift.git", from: "7.10.0"),
    ],
    targets: [
        // What Swift cannot call by itself: variadic system calls and their structures.
        .target(name: "CLinux"),
        // Values and pure parsers. Depends on nothing, so that any tool can use it.
        .target(name: "GeminiProtocol"),
        .target(
            name: "GeminiTLS",
            dependencies: [
                "CLinux",
                "GeminiProtocol",
                .product(name: "NIOCore", package: "swift-nio"),
                .product(name: "NIOConcurrencyHelpers", package: "swift-nio"),
                .product(name: "NIOTLS", package: "swift-nio"),
                .product(name: "NIOSSL", package: "swift-nio-ssl"),
                .product(name: "Crypto", package: "swift-crypto"),
                .product(name: "_CryptoExtras", package: "swift-crypto"),
            ]
        ),
        .target(
            name: "GeminiServer",
            dependencies: [
                "CLinux",
                "GeminiProtocol",
                "GeminiTLS",
                .product(name: "NIOCore", package: "swift-nio"),
                .product(name: "NIOConcurrencyHelpers", package: "swift-nio"),
                .product(name: "NIOPosix", package: "swift-nio"),
                .product(name: "NIOTLS", package: "swift-nio"),
                .product(name: "NIOSSL", package: "swift-nio-ssl"),
                .product(name: "Logging", package: "swift-log"),
                .product(name: "CoreMetrics", package: "swift-metrics"),
            ]
        ),
        // A backend of swift-metrics that keeps the numbers, and shows them in the text of OpenMetrics to who asks by HTTP.
        .target(
            name: "GeminiMetrics",
            dependencies: [
                .product(name: "CoreMetrics", package: "swift-metrics"),
                .product(name: "NIOConcurrencyHelpers", package: "swift-nio"),
                .product(name: "NIOCore", package: "swift-nio"),
                .product(name: "NIOHTTP1", package: "swift-nio"),
                .product(name: "NIOPosix", package: "swift-nio"),
            ]
        ),
        .target(
            name: "GeminiFiles",
            dependencies: [
                "CLinux",
                "GeminiProtocol",
                "GeminiServer",
                .product(name: "Logging", package: "swift-log"),
                .product(name: "NIOCore", package: "swift-nio"),
                .product(name: "NIOConcurrencyHelpers", package: "swift-nio"),
                .product(name: "NIOPosix", package: "swift-nio"),
            ]
        ),
        // CGI, SCGI and FastCGI: programs in any language as responders.
        .target(
            name: "GeminiGateway",
            dependencies: [
                "CLinux",
                "GeminiFiles",
                "GeminiProtocol",
                "GeminiServer",
                .product(name: "Logging", package: "swift-log"),
                .product(name: "NIOCore", package: "swift-nio"),
                .product(name: "NIOConcurrencyHelpers", package: "swift-nio"),
                .product(name: "NIOPosix", package: "swift-nio"),
            ]
        ),
        .target(
            name: "GeminiClient",
            dependencies: [
                "CLinux",
                "GeminiProtocol",
                "GeminiTLS",
                .product(name: "NIOCore", package: "swift-nio"),
                .product(name: "NIOConcurrencyHelpers", package: "swift-nio"),
                .product(name: "NIOPosix", package: "swift-nio"),
                .product(name: "NIOTLS", package: "swift-nio"),
                .product(name: "NIOSSL", package: "swift-nio-ssl"),
                .product(name: "Crypto", package: "swift-crypto"),
            ]
        ),
        // Subscription pages and Atom, for feed readers with any client.
        .target(name: "GeminiFeeds", dependencies: ["GeminiProtocol"]),
        .target(
            name: "GeminiBench",
            dependencies: [
                "CLinux",
                "GeminiProtocol",
                .product(name: "NIOCore", package: "swift-nio"),
                .product(name: "NIOPosix", package: "swift-nio"),
                // For the BoringSSL that comes with it: a load generator resumes sessions, which NIOSSL cannot.
                .product(name: "NIOSSL", package: "swift-nio-ssl"),
                .product(name: "Histogram", package: "hdrhistogram-swift"),
            ]
        ),
        .target(
            name: "GeminiLint",
            dependencies: [
                "GeminiClient",
                "GeminiFiles",
                "GeminiProtocol",
                "GeminiServer",
                .product(name: "NIOCore", package: "swift-nio"),
                .product(name: "NIOPosix", package: "swift-nio"),
            ]
        ),
        // A client for judging and measuring servers: raw connections, each call with its deadline.
        .target(
            name: "GeminiProbe",
            dependencies: [
                .product(name: "NIOConcurrencyHelpers", package: "swift-nio"),
                .product(name: "NIOSSL", package: "swift-nio-ssl"),
            ]
        ),
        // The checks of `canaveral doctor`.
        .target(
            name: "GeminiDoctor",
            dependencies: [
                "GeminiProbe",
                "GeminiProtocol",
                "GeminiTLS",
                "JSON",
                .product(name: "NIOConcurrencyHelpers", package: "swift-nio"),
            ]
        ),
        // The framework for applications.
        .target(
            name: "Canaveral",
            dependencies: [
                "GeminiFeeds",
                "GeminiFiles",
                "GeminiProtocol",
                "GeminiServer",
                "GeminiTLS",
                .product(name: "Crypto", package: "swift-crypto"),
                // For scrypt, behind which recovery phrases are kept.
                .product(name: "_CryptoExtras", package: "swift-crypto"),
                .product(name: "CoreMetrics", package: "swift-metrics"),
                .product(name: "Logging", package: "swift-log"),
                .product(name: "NIOConcurrencyHelpers", package: "swift-nio"),
                .product(name: "NIOCore", package: "swift-nio"),
                .product(name: "NIOPosix", package: "swift-nio"),
                .product(name: "ServiceLifecycle", package: "swift-service-lifecycle"),
                .product(name: "UnixSignals", package: "swift-service-lifecycle"),
            ]
        ),
        // Its stores in SQLite; empty without the trait.
        .target(
            name: "CanaveralSQLite",
            dependencies: [
                "Canaveral",
                "GeminiTLS",
                .product(name: "GRDB", package: "GRDB.swift", condition: .when(traits: ["SQLite"])),
                .product(name: "NIOConcurrencyHelpers", package: "swift-nio"),
            ]
        ),
        // Tests of applications, in process and over loopback TLS.
        .target(
            name: "CanaveralTesting",
            dependencies: [
                "Canaveral",
                "GeminiClient",
                "GeminiProtocol",
                "GeminiServer",
                "GeminiTLS",
                .product(name: "Logging", package: "swift-log"),
                .product(name: "NIOConcurrencyHelpers", package: "swift-nio"),
                .product(name: "NIOCore", package: "swift-nio"),
                .product(name: "NIOPosix", package: "swift-nio"),
                .product(name: "NIOTLS", package: "swift-nio"),
                .product(name: "NIOSSL", package: "swift-nio-ssl"),
                .product(name: "ServiceLifecycle", package: "swift-service-lifecycle"),
            ]
        ),
        // Another Gemini server as a responder.
        .target(
            name: "GeminiProxy",
            dependencies: [
                "GeminiClient",
                "GeminiProtocol",
                "GeminiServer",
                "GeminiTLS",
                .product(name: "Logging", package: "swift-log"),
                .product(name: "NIOConcurrencyHelpers", package: "swift-nio"),
                .product(name: "NIOCore", package: "swift-nio"),
                .product(name: "NIOPosix", package: "swift-nio"),
            ]
        ),
        // The process of a server: what a service manager hands it and is told, and the rights that it gives up.
        .target(
            name: "CanaveralService",
            dependencies: ["CLinux"]
        ),
        // What reports for programs are printed as. Depends on nothing.
        .target(name: "JSON"),
        // TOML 1.0 with the lines that its keys stand on. Depends on nothing, keeps nothing, and survives any bytes.
        .target(name: "TOML"),
        // Flags and a file become one validated value, and that value a running server.
        .target(
            name: "CanaveralConfiguration",
            dependencies: [
                "Canaveral",
                "CanaveralService",
                "GeminiClient",
                "GeminiFiles",
                "GeminiGateway",
                "GeminiProtocol",
                "GeminiProxy",
                "GeminiServer",
                "GeminiTLS",
                "TOML",
                .product(name: "Logging", package: "swift-log"),
                .product(name: "NIOConcurrencyHelpers", package: "swift-nio"),
                .product(name: "NIOCore", package: "swift-nio"),
                .product(name: "NIOPosix", package: "swift-nio"),
            ]
        ),
        .executableTarget(
            name: "CanaveralCommand",
            dependencies: [
                "Canaveral",
                "CanaveralConfiguration",
                "CanaveralService",
                "GeminiMetrics",
                "GeminiBench",
                "GeminiClient",
                "GeminiLint",
                "GeminiProtocol",
                "GeminiTLS",
                "GeminiServer",
                "GeminiFiles",
                "GeminiGateway",
                "GeminiDoctor",
                "GeminiProxy",
                "JSON",
                .product(name: "ArgumentParser", package: "swift-argument-parser"),
                .product(name: "CoreMetrics", package: "swift-metrics"),
                .product(name: "Logging", package: "swift-log"),
                .product(name: "NIOConcurrencyHelpers", package: "swift-nio"),
                .product(name: "NIOCore", package: "swift-nio"),
                .product(name: "NIOPosix", package: "swift-nio"),
                .product(name: "UnixSignals", package: "swift-service-lifecycle"),
            ]
        ),
        // A client that does to a server what no honest client does, and what the suites share.
        .target(
            name: "TestSupport",
            dependencies: [
                "GeminiProtocol",
                "GeminiServer",
                "GeminiTLS",
                .product(name: "Logging", package: "swift-log"),
                .product(name: "NIOCore", package: "swift-nio"),
                .product(name: "NIOConcurrencyHelpers", package: "swift-nio"),
                .product(name: "NIOPosix", package: "swift-nio"),
                .product(name: "NIOTLS", package: "swift-nio"),
                .product(name: "NIOSSL", package: "swift-nio-ssl"),
                .product(name: "X509", package: "swift-certificates"),
                .product(name: "Crypto", package: "swift-crypto"),
                .product(name: "_CryptoExtras", package: "swift-crypto"),
                .product(name: "SwiftASN1", package: "swift-asn1"),
            ],
            path: "Tests/TestSupport"
        ),
        // What must hold for any bytes from outside: for the fuzzers of scripts/fuzz, and for the replay of what they found.
        .target(
            name: "FuzzProperties",
            dependencies: [
                "GeminiClient", "GeminiFeeds", "GeminiFiles", "GeminiGateway", "GeminiProtocol", "GeminiServer",
                "GeminiTLS", "TOML",
            ],
            path: "Fuzz/Properties"
        ),
        .testTarget(name: "GeminiProtocolTests", dependencies: ["GeminiProtocol", "FuzzProperties", "TestSupport"]),
        .testTarget(
            name: "GeminiTLSTests",
            dependencies: [
                "GeminiProtocol",
                "GeminiTLS",
                "TestSupport",
                .product(name: "NIOSSL", package: "swift-nio-ssl"),
                .product(name: "X509", package: "swift-certificates"),
                .product(name: "Crypto", package: "swift-crypto"),
                .product(name: "_CryptoExtras", package: "swift-crypto"),
                .product(name: "SwiftASN1", package: "swift-asn1"),
            ]
        ),
        .testTarget(name: "FuzzReplayTests", dependencies: ["FuzzProperties"]),
        .testTarget(
            name: "GeminiServerTests",
            dependencies: [
                "GeminiProbe",
                "GeminiProtocol",
                "GeminiServer",
                "GeminiTLS",
                "TestSupport",
                .product(name: "Logging", package: "swift-log"),
                .product(name: "NIOCore", package: "swift-nio"),
                .product(name: "NIOConcurrencyHelpers", package: "swift-nio"),
                .product(name: "NIOPosix", package: "swift-nio"),
                .product(name: "NIOSSL", package: "swift-nio-ssl"),
                .product(name: "X509", package: "swift-certificates"),
                .product(name: "Crypto", package: "swift-crypto"),
            ]
        ),
        .testTarget(
            name: "GeminiMetricsTests",
            dependencies: [
                "GeminiMetrics",
                "GeminiProtocol",
                "GeminiServer",
                "GeminiTLS",
                "TestSupport",
                .product(name: "CoreMetrics", package: "swift-metrics"),
                .product(name: "NIOConcurrencyHelpers", package: "swift-nio"),
                .product(name: "NIOCore", package: "swift-nio"),
                .product(name: "NIOSSL", package: "swift-nio-ssl"),
            ]
        ),
        .testTarget(
            name: "GeminiFilesTests",
            dependencies: [
                "GeminiFiles",
                "GeminiProtocol",
                "GeminiServer",
                "TestSupport",
                .product(name: "NIOCore", package: "swift-nio"),
                .product(name: "NIOConcurrencyHelpers", package: "swift-nio"),
            ]
        ),
        .testTarget(
            name: "GeminiGatewayTests",
            dependencies: [
                "CLinux",
                "GeminiFiles",
                "GeminiGateway",
                "GeminiProtocol",
                "GeminiServer",
                "GeminiTLS",
                "TestSupport",
                .product(name: "Logging", package: "swift-log"),
                .product(name: "NIOCore", package: "swift-nio"),
                .product(name: "NIOConcurrencyHelpers", package: "swift-nio"),
                .product(name: "NIOPosix", package: "swift-nio"),
                .product(name: "NIOSSL", package: "swift-nio-ssl"),
                .product(name: "X509", package: "swift-certificates"),
            ]
        ),
        .testTarget(
            name: "CanaveralTests",
            dependencies: [
                "Canaveral",
                "CanaveralTesting",
                "GeminiClient",
                "GeminiFeeds",
                "GeminiFiles",
                "GeminiGateway",
                "GeminiProtocol",
                "GeminiServer",
                "GeminiTLS",
                "StoreConformance",
                "TestSupport",
                .product(name: "Logging", package: "swift-log"),
                .product(name: "NIOConcurrencyHelpers", package: "swift-nio"),
                .product(name: "NIOCore", package: "swift-nio"),
                .product(name: "NIOPosix", package: "swift-nio"),
                .product(name: "NIOSSL", package: "swift-nio-ssl"),
                .product(name: "NIOTLS", package: "swift-nio"),
                .product(name: "ServiceLifecycle", package: "swift-service-lifecycle"),
            ]
        ),
        // What must hold for any store.
        .target(
            name: "StoreConformance",
            dependencies: ["Canaveral", .product(name: "NIOConcurrencyHelpers", package: "swift-nio")],
            path: "Tests/StoreConformance"
        ),
        // Empty without the trait.
        .testTarget(
            name: "CanaveralSQLiteTests",
            dependencies: [
                "Canaveral",
                "CanaveralSQLite",
                "StoreConformance",
                "TestSupport",
                .product(name: "GRDB", package: "GRDB.swift", condition: .when(traits: ["SQLite"])),
                .product(name: "NIOConcurrencyHelpers", package: "swift-nio"),
            ]
        ),
        .testTarget(
            name: "CanaveralTestingTests",
            dependencies: [
                "Canaveral",
                "CanaveralTesting",
                "GeminiProtocol",
                "GeminiServer",
                "TestSupport",
                .product(name: "Logging", package: "swift-log"),
                .product(name: "NIOConcurrencyHelpers", package: "swift-nio"),
                .product(name: "NIOCore", package: "swift-nio"),
            ]
        ),
        .testTarget(
            name: "GeminiClientTests",
            dependencies: [
                "CLinux",
                "GeminiClient",
                "GeminiProtocol",
                "GeminiServer",
                "GeminiTLS",
                "TestSupport",
                .product(name: "NIOCore", package: "swift-nio"),
                .product(name: "NIOConcurrencyHelpers", package: "swift-nio"),
                .product(name: "NIOPosix", package: "swift-nio"),
                .product(name: "NIOSSL", package: "swift-nio-ssl"),
            ]
        ),
        .testTarget(
            name: "GeminiProxyTests",
            dependencies: [
                "GeminiClient",
                "GeminiProtocol",
                "GeminiProxy",
                "GeminiServer",
                "GeminiTLS",
                "TestSupport",
                .product(name: "Logging", package: "swift-log"),
                .product(name: "NIOConcurrencyHelpers", package: "swift-nio"),
                .product(name: "NIOCore", package: "swift-nio"),
                .product(name: "NIOPosix", package: "swift-nio"),
                .product(name: "NIOSSL", package: "swift-nio-ssl"),
            ]
        ),
        .testTarget(
            name: "GeminiFeedsTests",
            dependencies: [
                "GeminiProtocol",
                "GeminiFeeds",
            ]
        ),
        // The program of the article "A feed reader in fifty lines", with nothing but what any package gets of this one.
        .executableTarget(
            name: "FeedReader",
            dependencies: ["GeminiClient", "GeminiFeeds", "GeminiProtocol"],
            path: "Tests/FeedReader",
            packageAccess: false
        ),
        .testTarget(
            name: "FeedReaderTests",
            dependencies: [
                "FeedReader",
                "GeminiClient",
                "GeminiProtocol",
                "GeminiServer",
                "GeminiTLS",
                "TestSupport",
                .product(name: "NIOConcurrencyHelpers", package: "swift-nio"),
                .product(name: "NIOCore", package: "swift-nio"),
            ]
        ),
        // The program of the article "Getting started", and its tests as an application has them.
        .executableTarget(
            name: "Guestbook",
            dependencies: [
                "Canaveral",
                .target(name: "CanaveralSQLite", condition: .when(traits: ["SQLite"])),
            ],
            path: "Tests/Guestbook",
            packageAccess: false
        ),
        .testTarget(
            name: "GuestbookTests",
            dependencies: ["Guestbook", "CanaveralTesting"],
            packageAccess: false
        ),
        // The code of the framework's other articles and of README.md, and a look at whether it is the same.
        .testTarget(
            name: "ArticleTests",
            dependencies: [
                "Canaveral",
                "CanaveralTesting",
                .product(name: "Logging", package: "swift-log"),
                .product(name: "NIOCore", package: "swift-nio"),
            ],
            packageAccess: false
        ),
        .testTarget(
            name: "GeminiBenchTests",
            dependencies: [
                "GeminiProtocol",
                "GeminiBench",
                "GeminiServer",
                "TestSupport",
                .product(name: "NIOCore", package: "swift-nio"),
                .product(name: "NIOConcurrencyHelpers", package: "swift-nio"),
                .product(name: "NIOPosix", package: "swift-nio"),
                .product(name: "NIOSSL", package: "swift-nio-ssl"),
            ]
        ),
        .testTarget(
            name: "GeminiLintTests",
            dependencies: [
                "GeminiProtocol",
                "GeminiClient",
                "GeminiFiles",
                "GeminiLint",
                "GeminiServer",
                "TestSupport",
                .product(name: "NIOConcurrencyHelpers", package: "swift-nio"),
            ]
        ),
        .testTarget(
            name: "GeminiDoctorTests",
            dependencies: [
                "GeminiDoctor",
                "GeminiProbe",
                "GeminiProtocol",
                "GeminiServer",
                "GeminiTLS",
                "TestSupport",
                .product(name: "NIOCore", package: "swift-nio"),
                .product(name: "NIOConcurrencyHelpers", package: "swift-nio"),
                .product(name: "NIOPosix", package: "swift-nio"),
                .product(name: "NIOSSL", package: "swift-nio-ssl"),
                .product(name: "X509", package: "swift-certificates"),
                .product(name: "Crypto", package: "swift-crypto"),
                .product(name: "SwiftASN1", package: "swift-asn1"),
            ]
        ),
        // Of peers' command lines and files.
        .testTarget(
            name: "ImportTests",
            dependencies: [
                "Canaveral",
                "CanaveralConfiguration",
                "GeminiGateway",
                "GeminiProtocol",
                "TestSupport",
                "TOML",
            ],
            exclude: ["Goldens"]
        ),
        .testTarget(name: "JSONTests", dependencies: ["JSON"]),
        .testTarget(
            name: "TOMLTests",
            dependencies: ["TOML", "TestSupport", .product(name: "TOMLKit", package: "TOMLKit")]
        ),
        .testTarget(
            name: "CanaveralConfigurationTests",
            dependencies: [
                "Canaveral",
                "CanaveralConfiguration",
                "GeminiProtocol",
                "GeminiServer",
                "GeminiTLS",
                "TOML",
                "TestSupport",
                .product(name: "Logging", package: "swift-log"),
                .product(name: "NIOCore", package: "swift-nio"),
            ]
        ),
        .testTarget(
            name: "CanaveralServiceTests",
            dependencies: [
                "CLinux",
                "CanaveralService",
                "TestSupport",
                .product(name: "NIOConcurrencyHelpers", package: "swift-nio"),
                .product(name: "NIOCore", package: "swift-nio"),
                .product(name: "NIOPosix", package: "swift-nio"),
            ]
        ),
        .testTarget(
            name: "CanaveralCommandTests",
            dependencies: [
                "CLinux",
                "CanaveralCommand",
                "GeminiProtocol",
                "GeminiTLS",
                "TestSupport",
                .product(name: "Logging", package: "swift-log"),
                .product(name: "NIOCore", package: "swift-nio"),
                .product(name: "NIOConcurrencyHelpers", package: "swift-nio"),
                .product(name: "NIOSSL", package: "swift-nio-ssl"),
            ]
        ),
    ]
)

/// Modules that read bytes from a peer: what is unsafe there is marked so, and the compiler asks for the mark.
let strictlyMemorySafe: Set<String> = [
    "GeminiProtocol", "GeminiServer", "GeminiFiles", "GeminiGateway", "GeminiClient", "GeminiFeeds",
    "GeminiBench", "GeminiDoctor", "GeminiMetrics", "GeminiProxy", "Canaveral", "JSON", "TOML",
]

for target in package.targets where target.name != "CLinux" {
    var settings: [SwiftSetting] = [
        .enableUpcomingFeature("ExistentialAny"),
        .enableUpcomingFeature("MemberImportVisibility"),
        .enableUpcomingFeature("InternalImportsByDefault"),
        .enableUpcomingFeature("NonisolatedNonsendingByDefault"),
    ]
    if strictlyMemorySafe.contains(target.name) {
        settings.append(.strictMemorySafety())
    }
    if Context.environment["CI"] != nil {
        settings.append(.treatAllWarnings(as: .error))
    }
    target.swiftSettings = settings
}

#if os(Linux)
// scripts/build-release: a linker that packs relocations, which are read in full at every start, and that leaves out what
// nobody calls, where the static Swift library's own flags would export every symbol. Not for packages that depend on
// this one, for which SwiftPM allows no such flags.
if Context.environment["CANAVERAL_RELEASE"] != nil {
    for target in package.targets where target.name == "CanaveralCommand" {
        target.linkerSettings = [
            .unsafeFlags([
                "-use-ld=lld",
                "-Xlinker", "-z", "-Xlinker", "pack-relative-relocs",
                "-Xlinker", "--no-export-dynamic", "-Xlinker", "--gc-sections",
                // What runs at the start lies side by side, or every page of the program would be in memory for it.
                "-Xlinker", "--symbol-ordering-file=\(Context.packageDirectory)/contrib/release/start-order.txt",
                "-Xlinker", "--no-warn-symbol-ordering",
            ])
        ]
    }
}
#endif
