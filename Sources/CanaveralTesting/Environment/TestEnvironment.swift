public import Canaveral
public import GeminiProtocol

/// Time and chance in the hands of a test.
///
/// ```swift
/// let environment = TestEnvironment()
/// try await capsule.test(environment: environment) { client in
///     #expect(try await client.get("/").is(.success))
///     environment.clock.advance(by: .seconds(86_400))
///     #expect(try await client.get("/").is(.temporaryFailure))
/// }
/// ```
public struct TestEnvironment: Sendable {
    /// What the application's `now`, `uptime` and `sleep` go by.
    public let clock: ManualClock

    private let randomness: SeededRandomness

    /// - Parameters:
    ///   - now: the time of day at first; the first second of 2026 unless given.
    ///   - seed: what the random bytes, and so the identifiers, follow from.
    public init(now: Timestamp = Timestamp(secondsSinceEpoch: 1_767_225_600), seed: UInt64 = 1) {
        self.clock = ManualClock(now: now)
        self.randomness = SeededRandomness(seed: seed)
    }

    /// The same as ``init(now:seed:)``, for a test that moves no clock.
    public static func fixed(
        now: Timestamp = Timestamp(secondsSinceEpoch: 1_767_225_600),
        seed: UInt64 = 1
    ) -> TestEnvironment {
        TestEnvironment(now: now, seed: seed)
    }

    /// The surroundings as an application sees them, for what is tested without a capsule.
    public var app: AppEnvironment {
        let (clock, randomness) = (self.clock, self.randomness)
        return AppEnvironment(
            now: { clock.now },
            uptime: { clock.uptime },
            sleep: { try await clock.sleep(for: $0) },
            randomBytes: { randomness.bytes($0) }
        )
    }
}
