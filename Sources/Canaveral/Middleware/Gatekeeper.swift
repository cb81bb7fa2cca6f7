public import GeminiServer

/// Middleware that only lets through or refuses, by what is known of the request: an address, a certificate, a count.
///
/// It waits for nothing and sees no answer, so that a page that is at hand, such as a file, is still sent from the event loop
/// behind it. ``AddressRestriction``, ``RateLimit`` and ``CertificateRequirement`` are gatekeepers.
///
/// ```swift
/// struct DaylightOnly: Gatekeeper {
///     func refusal(of context: AppContext) -> Response? {
///         (6..<20).contains(context.hour) ? nil : .failure(.temporaryFailure, "Come back by day")
///     }
/// }
/// ```
public protocol Gatekeeper<Context>: Middleware {
    /// The answer in the place of what is behind; `nil` lets the request through. Asked once for each request, on event loops.
    func refusal(of context: Context) -> Response?
}

extension Gatekeeper {
    public func respond(to context: Context, next: @escaping Next<Context>) async throws -> Response {
        if let refusal = self.refusal(of: context) { return refusal }
        return try await next(context)
    }
}
