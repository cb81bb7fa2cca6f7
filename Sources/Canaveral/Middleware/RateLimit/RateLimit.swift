public import GeminiServer

/// Answers 44 to visitors who make too many requests; see ``rateLimit(_:by:banning:)-(RateLimitRule...,_,_)``.
public struct RateLimit<Context: RequestContext>: Gatekeeper {
    private let limiter: RateLimiter
    private let key: RateLimitKey<Context>
    private let offenders: RepeatOffenders?

    /// - Parameters:
    ///   - limiter: may be that of other groups too, which are then counted together.
    ///   - key: whom two requests have in common.
    ///   - offenders: told of each refusal, to refuse connections from those who go on.
    public init(
        _ limiter: RateLimiter,
        by key: RateLimitKey<Context> = .address,
        banning offenders: RepeatOffenders? = nil
    ) {
        self.limiter = limiter
        self.key = key
        self.offenders = offenders
    }

    public func refusal(of context: Context) -> Response? {
        do {
            try self.limiter.check(context, by: self.key)
            return nil
        } catch {
            self.offenders?.refused(context.remoteAddress, wait: error.retryAfter)
            return error.response
        }
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
        by key: RateLimitKey<Context> = .address,
        banning offenders: RepeatOffenders? = nil
    ) -> RateLimit {
        RateLimit(RateLimiter(rules), by: key, banning: offenders)
    }

    /// As ``rateLimit(_:by:banning:)-(RateLimitRule...,_,_)``, with a limiter that others use too.
    public static func rateLimit(
        _ limiter: RateLimiter,
        by key: RateLimitKey<Context> = .address,
        banning offenders: RepeatOffenders? = nil
    ) -> RateLimit {
        RateLimit(limiter, by: key, banning: offenders)
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
