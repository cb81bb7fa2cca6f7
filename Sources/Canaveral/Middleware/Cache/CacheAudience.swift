/// Whom a cached page may be shown to.
public enum CacheAudience: Sendable, Hashable {
    /// Visitors without a certificate. Requests with one go to the handler, and what it answers is not kept.
    case anonymous
    /// Everybody: the pages are the same for all, whatever certificate they show.
    case sharedByAll
}
