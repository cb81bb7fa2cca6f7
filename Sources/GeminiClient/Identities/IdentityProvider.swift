public import GeminiProtocol

/// Knows which identity, if any, is shown where.
///
/// Asked anew for each request, so at each redirect and each answer to a prompt (GP-158).
public protocol IdentityProvider: Sendable {
    /// The identity whose scope covers a URL, or `nil` (GP-156).
    func identity(for url: GeminiURL) async throws -> ClientIdentity?
}
