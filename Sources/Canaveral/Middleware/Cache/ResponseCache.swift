public import GeminiServer
import NIOConcurrencyHelpers

/// Keeps pages for a while; see ``Middleware/cached(for:_:maximumBytes:)``.
public struct ResponseCache<Context: RequestContext>: Middleware {
    private let audience: CacheAudience
    private let responses: NIOLockedValueBox<CachedResponses>

    public init(lifetime: Duration, audience: CacheAudience = .anonymous, maximumBytes: Int = 4 << 20) {
        self.audience = audience
        self.responses = NIOLockedValueBox(CachedResponses(lifetime: lifetime, capacity: maximumBytes))
    }

    public func respond(to context: Context, next: @escaping Next<Context>) async throws -> Response {
        guard context.request.line.titan == nil, self.audience == .sharedByAll || context.clientCertificate == nil
        else {
            return try await next(context)
        }
        let key = context.url.withoutFragment.description
        let (lookup, isOwn) = self.responses.withLockedValue { responses in
            let lookup = responses.look(up: key, at: context.environment.uptime())
            guard case .missing = lookup else { return (lookup, false) }
            // A task of its own: the visitor who came first may leave while others wait.
            let call = responses.begin(key) { number in Task { try await self.call(key, number, context, next) } }
            return (.wait(for: call), true)
        }
        switch lookup {
        case .found(let response):
            return response
        case .wait(let call):
            let response = try await withTaskCancellationHandler {
                try await call.task.value
            } onCancel: {
                self.responses.withLockedValue { $0.leave(key, call.number) }?.cancel()
            }
            // What is not kept is the first visitor's only: a refusal, or a stream that can be read once.
            guard isOwn || CachedResponses.size(of: response, key: key) != nil else { return try await next(context) }
            return response
        case .missing:
            return try await next(context)
        }
    }

    private func call(
        _ key: String,
        _ number: UInt64,
        _ context: Context,
        _ next: Next<Context>
    ) async throws -> Response {
        var response: Response?
        defer {
            self.responses.withLockedValue { $0.end(key, number, with: response, at: context.environment.uptime()) }
        }
        let answer = try await next(context)
        response = answer
        return answer
    }
}

extension Middleware {
    /// Keeps the pages of the group for this long, by their URLs with the queries, so that handlers are asked at most once
    /// in that time for each: visitors who come at once wait for one call.
    ///
    /// ```swift
    /// routes.use(.cached(for: .seconds(30)))
    /// ```
    ///
    /// Kept are successes (20) whose bytes are at hand, never files and streams, and nothing of uploads. What a page says must
    /// depend on its URL alone: a request with a certificate is not answered from the cache, nor is the answer to it kept,
    /// unless the pages are ``CacheAudience/sharedByAll``.
    ///
    /// - Parameters:
    ///   - lifetime: how long a page is kept.
    ///   - audience: whose requests are answered from the cache.
    ///   - maximumBytes: of all pages together; 4 MiB unless said otherwise. The oldest make room.
    public static func cached<C>(
        for lifetime: Duration,
        _ audience: CacheAudience = .anonymous,
        maximumBytes: Int = 4 << 20
    ) -> Self where Self == ResponseCache<C> {
        ResponseCache(lifetime: lifetime, audience: audience, maximumBytes: maximumBytes)
    }
}
