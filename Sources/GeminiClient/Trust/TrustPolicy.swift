/// Decides whether a server is the one that it says it is (GP-170).
///
/// Asked in the handshake: nothing of the request and no client certificate has left yet (GP-176). May take its time, as
/// far as the connection's deadline allows. Called on any thread.
public protocol TrustPolicy: Sendable {
    func judge(_ server: ServerPresentation) async -> TrustVerdict
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
