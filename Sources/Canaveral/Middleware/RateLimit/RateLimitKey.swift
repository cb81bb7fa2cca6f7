import GeminiServer

/// What a rate limit counts by: whom two requests have in common.
///
/// ```swift
/// members.use(.rateLimit("20/d", by: .key { $0.member.id }))
/// ```
public struct RateLimitKey<Context: RequestContext>: Sendable {
    let hash: @Sendable (Context) -> UInt64?

    /// Counts by a value of the application's own.
    ///
    /// - Parameter key: `nil` for a request that is free.
    public static func key<Key: Hashable & SendableMetatype>(
        _ key: @escaping @Sendable (Context) -> Key?
    ) -> RateLimitKey {
        RateLimitKey { context in key(context).map { RateLimiter.hash($0) } }
    }

    /// Counts by the address that a connection comes from; an IPv6 network of 64 bits is one visitor.
    public static var address: RateLimitKey {
        RateLimitKey { RateLimiter.hash($0.remoteAddress.flatMap(ClientNetwork.init)) }
    }

    /// Counts by the key of the certificate, which stays when it is renewed, and visitors without one by address.
    ///
    /// Anybody can make certificates: against floods have a limit by address too.
    public static var certificate: RateLimitKey {
        RateLimitKey { context in
            guard let certificate = context.clientCertificate else { return Self.address.hash(context) }
            return RateLimiter.hash(certificate.publicKeyFingerprint ?? certificate.fingerprint)
        }
    }
}
