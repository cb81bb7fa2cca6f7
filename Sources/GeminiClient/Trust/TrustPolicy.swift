/// Decides whether a server is the one that it says it is (GP-170).
///
/// Asked in the handshake: nothing of the request and no client certificate has left yet (GP-176). May take its time, as
/// far as the connection's deadline allows. Called on any thread, for several connections at once.
///
/// Policies compose. Trust on first use, of servers whose certificate is valid in time and made for their name:
///
/// ```swift
/// let policy: any TrustPolicy = .all(.validInTime, .named, .trustOnFirstUse(try .standard()))
/// ```
///
/// An authority's word, else trust on first use; and one server by its fingerprint, whatever the others think:
///
/// ```swift
/// let policy: any TrustPolicy = .first(
///     .pinned([try Pin("example.org", "SHA256:86341F…")]),
///     .any(.authority(try .system()), .trustOnFirstUse(try .standard()))
/// )
/// ```
public protocol TrustPolicy: Sendable {
    /// What this policy thinks of a server.
    func judge(_ server: ServerPresentation) async -> TrustVerdict

    /// Whether it remembers the servers that it trusts; not unless it says so.
    ///
    /// Where policies are combined such a one is asked last, so that nothing is remembered of a server that another
    /// one refuses.
    var keepsRecords: Bool { get }
}

extension TrustPolicy {
    public var keepsRecords: Bool { false }
}

/// What a ``TrustPolicy`` thinks of a server.
public enum TrustVerdict: Sendable, Hashable {
    /// Go on.
    case trusted
    /// Stop, and tell the caller why.
    case refused(TrustProblem)
    /// This policy has nothing to say about this server: another one decides. Where none does, it is refused.
    case undecided
}
