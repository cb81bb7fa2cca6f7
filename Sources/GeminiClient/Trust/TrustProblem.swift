public import GeminiProtocol

/// Why a server was not trusted.
public enum TrustProblem: Error, Sendable, Hashable {
    /// Another certificate was known for this host and port, and it is still valid (GP-172): somebody may be in between,
    /// or the server has a new key. A human decides; ``KnownHosts`` has a call for a yes.
    case changed(known: KnownHost, presented: ServerCertificate)
    /// None of the pinned certificates.
    case notPinned(ServerCertificate)
    /// No authority that is trusted vouches for it.
    case noAuthority(ServerCertificate, reason: String)
    /// Its time is over, or has not come.
    case notValid(ServerCertificate, at: Timestamp)
    /// It is made for other names.
    case otherName(ServerCertificate, host: Host)
    /// The known hosts cannot be read or written, so that a change would go unnoticed.
    case unreadableKnownHosts(reason: String)
    /// No policy had an opinion.
    case undecided(ServerCertificate?)
}
