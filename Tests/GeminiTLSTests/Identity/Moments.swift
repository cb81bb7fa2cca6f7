import GeminiProtocol
import TestSupport

extension Timestamp {
    /// When the tests happen: all of openssl's pairs are valid.
    static let testing = Timestamp(year: 2030, month: 6, day: 15, hour: 12)!

    static func days(_ count: Int) -> Duration {
        .seconds(count * 86_400)
    }
}

/// Runs a test with a folder of its own, which is there until the test is over.
func withTemporaryDirectory<Result>(_ body: (TemporaryDirectory) throws -> Result) throws -> Result {
    let directory = try TemporaryDirectory()
    return try withExtendedLifetime(directory) { try body(directory) }
}
