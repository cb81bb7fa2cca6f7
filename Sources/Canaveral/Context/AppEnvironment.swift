public import GeminiProtocol
import GeminiTLS

/// What an application takes from the outside world besides requests: time and chance. Tests put their own in its place.
public struct AppEnvironment: Sendable {
    /// The time of day.
    public var now: @Sendable () -> Timestamp

    /// The time that has passed since some moment, on a clock that never goes back: for limits and delays.
    public var uptime: @Sendable () -> Duration

    /// Waits; throws `CancellationError` when its task is cancelled.
    public var sleep: @Sendable (Duration) async throws -> Void

    /// Bytes that nobody can foretell.
    public var randomBytes: @Sendable (_ count: Int) -> [UInt8]

    /// Makes surroundings of which each part is chosen.
    public init(
        now: @escaping @Sendable () -> Timestamp,
        uptime: @escaping @Sendable () -> Duration,
        sleep: @escaping @Sendable (Duration) async throws -> Void,
        randomBytes: @escaping @Sendable (_ count: Int) -> [UInt8]
    ) {
        self.now = now
        self.uptime = uptime
        self.sleep = sleep
        self.randomBytes = randomBytes
    }
}

extension AppEnvironment {
    /// The machine's clocks and its randomness.
    public static let system: AppEnvironment = {
        let start = ContinuousClock.now
        return AppEnvironment(
            now: { .now },
            uptime: { start.duration(to: .now) },
            sleep: { try await Task.sleep(for: $0, clock: .continuous) },
            randomBytes: { count in
                var generator = SystemRandomNumberGenerator()
                return (0..<count).map { _ in UInt8.random(in: .min ... .max, using: &generator) }
            }
        )
    }()

    /// An identifier of 128 bits that nobody can guess, of lower-case letters and digits that are not mistaken for each
    /// other (the alphabet of Crockford's Base32).
    public func makeID() -> String {
        let alphabet = Array("0123456789abcdefghjkmnpqrstvwxyz")
        var text = ""
        var bits: UInt32 = 0
        var count = 0
        for byte in self.randomBytes(16) {
            bits = bits << 8 | UInt32(byte)
            count += 8
            while count >= 5 {
                count -= 5
                text.append(alphabet[Int(bits >> UInt32(count)) & 31])
            }
        }
        text.append(alphabet[Int(bits << UInt32(5 - count)) & 31])
        return text
    }
}
