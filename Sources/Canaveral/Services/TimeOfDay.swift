public import GeminiProtocol

/// A time of day in UTC, such as `03:00`.
public struct TimeOfDay: Sendable, Hashable, ExpressibleByStringLiteral, CustomStringConvertible {
    private static let day: Int64 = 86_400

    /// Seconds since midnight.
    private let seconds: Int64

    /// - Returns: `nil` for what no clock shows.
    public init?(hour: Int, minute: Int = 0) {
        guard (0..<24).contains(hour), (0..<60).contains(minute) else { return nil }
        self.seconds = Int64(hour * 3600 + minute * 60)
    }

    /// Reads `HH:MM`.
    ///
    /// - Returns: `nil` for anything else.
    public init?(parsing text: String) {
        let parts = text.split(separator: ":", omittingEmptySubsequences: false)
        guard parts.count == 2, parts.allSatisfy({ $0.count == 2 && $0.allSatisfy { $0.isASCII && $0.isNumber } }),
            let hour = Int(parts[0]), let minute = Int(parts[1])
        else { return nil }
        self.init(hour: hour, minute: minute)
    }

    /// A time in the source, which is a mistake of the programmer's where it cannot be read.
    public init(stringLiteral text: String) {
        guard let time = TimeOfDay(parsing: text) else {
            preconditionFailure("'\(text)' is no time of day: write it as 03:00.")
        }
        self = time
    }

    /// The first moment after another at which a clock shows this time.
    public func next(after moment: Timestamp) -> Timestamp {
        let now = moment.secondsSinceEpoch
        let sinceMidnight = (now % Self.day + Self.day) % Self.day
        let today = now - sinceMidnight + self.seconds
        return Timestamp(secondsSinceEpoch: today > now ? today : today + Self.day)
    }

    public var description: String {
        func digits(_ number: Int64) -> String { number < 10 ? "0\(number)" : "\(number)" }
        return "\(digits(self.seconds / 3600)):\(digits(self.seconds / 60 % 60))"
    }
}
