public import GeminiServer

/// There were too many requests: the answer 44 with the seconds to wait (GP-093).
public struct RateLimitExceeded: ResponseError, Hashable, CustomStringConvertible {
    /// How long until a request would be allowed.
    public let retryAfter: Duration

    public init(retryAfter: Duration) {
        self.retryAfter = retryAfter
    }

    public var response: Response {
        Response(.slowDown(for: self.retryAfter))
    }

    public var description: String {
        "There were too many requests: the next may come in \(self.retryAfter)."
    }
}
