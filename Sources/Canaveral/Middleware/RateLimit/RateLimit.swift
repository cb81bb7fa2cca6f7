public import GeminiServer

/// Answers 44 to visitors who make too many requests; see ``rateLimit(_:by:)-(RateLimitRule...,_)``.
public struct RateLimit<Context: RequestContext>: Middleware {
    private let limiter: RateLimiter
    private let key: RateLimitKey<Context>

    /// - Parameters:
    ///   - limiter: may be that of other groups too, which are then counted together.
    ///   - key: whom two requests have in common.
    public init(_ limiter: RateLimiter, by key: RateLimitKey<Context> = .address) {
        self.limiter = limiter
        self.key = key
    }

    public func respond(to context: Context, next: @escaping Next<Context>) async throws -> Response {
        do {
            try self.limiter.check(context, by: self.key)
        } catch {
            return error.response
        }
        return try await next(context)
    }
}

extension RateLimit {
    /// Lets a visitor make so many requests to the routes of the group in so much time, and answers 44 with the seconds to
    /// wait to what is more (GP-093).
    ///
    /// ```swift
    /// routes.use(.rateLimit("60/5m"))
    /// login.use(.rateLimit("3/m", "20/d", by: .certificate))
    /// ```
    public static func rateLimit(
        _ rules: RateLimitRule...,
        by key: RateLimitKey<Context> = .address
    ) -> RateLimit {
        RateLimit(RateLimiter(rules), by: key)
    }

    /// As ``rateLimit(_:by:)-(RateLimitRule...,_)``, with a limiter that others use too.
    public static func rateLimit(_ limiter: RateLimiter, by key: RateLimitKey<Context> = .address) -> RateLimit {
        RateLimit(limiter, by: key)
    }
}

extension Routes {
    /// Puts a rate limit around all routes of this group.
    ///
    /// By its type, so that a key may be a closure: see ``use(_:)-(Recovery<Context>)``.
    public func use(_ middleware: RateLimit<Context>) {
        self.surround(with: middleware)
    }
}
