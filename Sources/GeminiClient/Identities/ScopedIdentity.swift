public import GeminiProtocol

/// One identity that is shown in one scope, and nowhere else: for a caller who has chosen it for a single errand.
public struct ScopedIdentity: IdentityProvider {
    public let identity: ClientIdentity
    public let scope: IdentityScope

    public init(_ identity: ClientIdentity, in scope: IdentityScope) {
        self.identity = identity
        self.scope = scope
    }

    public func identity(for url: GeminiURL) async throws -> ClientIdentity? {
        self.scope.covers(url) ? self.identity : nil
    }
}
