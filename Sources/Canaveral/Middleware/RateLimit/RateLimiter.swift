import GeminiServer
import NIOConcurrencyHelpers
public import NIOCore

/// Decides who has made too many requests, by token buckets: so many at once as a rule says, then so many in its time.
///
/// What middleware does for all routes of a group (``RateLimit``) a handler does for itself:
///
/// ```swift
/// let guesses = RateLimiter("3/h")
///
/// routes.page("/login") { context in
///     let password = try context.input("Password?", sensitive: true)
///     try guesses.check(context, by: .certificate)
///     ...
/// }
/// ```
///
/// Its memory is bounded by the capacity, at 8 bytes a key and 8 more for each rule: 1 MiB for one rule as it is made by
/// default, and little while there are few visitors. In a flood of keys the ones that are furthest from a refusal are
/// forgotten first, so that an attacker who has been refused gets no new bucket by making other keys. Thread-safe.
public final class RateLimiter: Sendable {
    public static let standardCapacity = 65_536

    private let buckets: NIOLockedValueBox<TokenBuckets>

    /// - Parameters:
    ///   - rules: all of which a request has to keep to. What one of them refuses counts for none.
    ///   - capacity: how many keys are remembered at most.
    public init(_ rules: [RateLimitRule], capacity: Int = RateLimiter.standardCapacity) {
        self.buckets = NIOLockedValueBox(TokenBuckets(rules: rules, capacity: capacity))
    }

    public convenience init(_ rules: RateLimitRule..., capacity: Int = RateLimiter.standardCapacity) {
        self.init(rules, capacity: capacity)
    }

    /// Counts a request.
    ///
    /// - Parameters:
    ///   - key: whose it is.
    ///   - uptime: the time on a clock that never goes back, as ``AppEnvironment/uptime`` gives it.
    /// - Returns: `nil` if it is allowed, and otherwise how long to wait until one would be.
    public func take(_ key: some Hashable, at uptime: Duration) -> Duration? {
        self.take(hash: Self.hash(key), at: uptime)
    }

    /// Counts a connection or a request from an address; an IPv6 network of 64 bits is one visitor. What has no address
    /// of the internet is all one.
    ///
    /// - Returns: as ``take(_:at:)-(Hashable,_)``.
    public func take(address: SocketAddress?, at uptime: Duration) -> Duration? {
        self.take(address.flatMap(ClientNetwork.init), at: uptime)
    }

    /// Counts a request.
    ///
    /// - Parameters:
    ///   - context: that of the request.
    ///   - key: how to tell whose it is.
    /// - Throws: ``RateLimitExceeded``, which is the answer 44.
    public func check<Context: RequestContext>(
        _ context: Context,
        by key: RateLimitKey<Context> = .address
    ) throws(RateLimitExceeded) {
        guard let hash = key.hash(context) else { return }
        if let wait = self.take(hash: hash, at: context.environment.uptime()) {
            throw RateLimitExceeded(retryAfter: wait)
        }
    }

    private func take(hash: UInt64, at uptime: Duration) -> Duration? {
        let now = uptime.nanoseconds
        return switch self.buckets.withLockedValue({ $0.take(hash, at: now) }) {
        case .allowed: nil
        case .refused(let wait): .nanoseconds(wait)
        }
    }

    /// A hash with the seed of this process.
    static func hash(_ key: some Hashable) -> UInt64 {
        var hasher = Hasher()
        hasher.combine(key)
        return UInt64(bitPattern: Int64(hasher.finalize()))
    }
}
