/// What is wrong with a rule of a rate limit. Each description is one sentence.
public enum RateLimitRuleError: Error, Sendable, Hashable, CustomStringConvertible {
    /// There are not two parts with a slash between them.
    case form(String)
    /// The number of requests is none, or out of range.
    case count(String)
    /// The time is none, or out of range.
    case period(String)
    /// The time does not end with one of the four letters.
    case unit(String)

    public var description: String {
        switch self {
        case .form(let text):
            "The rate limit '\(text)' is not of the form N/[P]{s,m,h,d}: write it as 60/5m for 60 requests in 5 minutes."
        case .count(let text):
            "The rate limit's number of requests '\(text)' is no number from 1 to 1000000: write it as 60 in 60/5m."
        case .period(let text):
            "The rate limit's time '\(text)' is no number that makes at most 366 days: write it as 5m in 60/5m."
        case .unit(let text):
            "The rate limit's time '\(text)' does not end with s, m, h or d: write it as 5m for 5 minutes."
        }
    }
}
