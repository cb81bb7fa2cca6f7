/// How many requests a visitor may make in which time, such as `60/5m`.
///
/// Written as `N/[P]{s,m,h,d}`: N requests in P seconds, minutes, hours or days, with 1 for a P that is left out. N may
/// come at once; from then on there is another request every P/N.
///
/// ```swift
/// routes.use(.rateLimit("10/s", "600/h"))
/// let rule = try RateLimitRule(parsing: settings.rateLimit)
/// ```
public struct RateLimitRule: Sendable, Hashable {
    /// How many requests.
    public let count: Int

    /// In which time.
    public let period: Duration

    /// From one request to the next for one who has made ``count`` already, in nanoseconds.
    let interval: Int64

    /// The time for ``count`` requests, in nanoseconds.
    let span: Int64

    static let longestPeriod: Duration = .seconds(366 * 86_400)
    static let largestCount = 1_000_000

    /// - Throws: ``RateLimitRuleError`` for a count that is not from 1 to 1,000,000, and for a period that is not from a
    ///   millisecond to 366 days.
    public init(_ count: Int, per period: Duration) throws(RateLimitRuleError) {
        guard (1...Self.largestCount).contains(count) else { throw .count("\(count)") }
        guard (.milliseconds(1)...Self.longestPeriod).contains(period) else { throw .period("\(period)") }
        self.count = count
        self.period = period
        // Whole nanoseconds, and N of them: a rule of many requests must not grow by what rounding leaves over.
        self.interval = max(period.nanoseconds / Int64(count), 1)
        self.span = self.interval * Int64(count)
    }

    /// Reads `N/[P]{s,m,h,d}`.
    ///
    /// - Throws: ``RateLimitRuleError``, which names the part that is wrong.
    public init(parsing text: String) throws(RateLimitRuleError) {
        let parts = text.split(separator: "/", omittingEmptySubsequences: false)
        guard parts.count == 2 else { throw .form(text) }
        guard let count = Self.number(parts[0]) else { throw .count(String(parts[0])) }
        let seconds: Int64
        switch parts[1].last {
        case "s": seconds = 1
        case "m": seconds = 60
        case "h": seconds = 3600
        case "d": seconds = 86_400
        default: throw .unit(String(parts[1]))
        }
        let digits = parts[1].dropLast()
        guard let factor = digits.isEmpty ? 1 : Self.number(digits), factor > 0 else { throw .period(String(digits)) }
        let (period, overflows) = Int64(factor).multipliedReportingOverflow(by: seconds)
        guard !overflows, .seconds(period) <= Self.longestPeriod else { throw .period(String(parts[1])) }
        try self.init(count, per: .seconds(period))
    }

    private static func number(_ text: Substring) -> Int? {
        guard text.allSatisfy({ $0.isASCII && $0.isNumber }) else { return nil }
        return Int(text)
    }
}

extension RateLimitRule: ExpressibleByStringLiteral {
    /// A rule in the source, which is a mistake of the programmer's where it cannot be read.
    public init(stringLiteral text: String) {
        do throws(RateLimitRuleError) {
            try self.init(parsing: text)
        } catch {
            preconditionFailure(error.description)
        }
    }
}

extension Duration {
    /// Whole nanoseconds, for spans of less than three centuries.
    var nanoseconds: Int64 {
        self.components.seconds * 1_000_000_000 + self.components.attoseconds / 1_000_000_000
    }
}
