public import GeminiProtocol

/// What is known of the server at a host and port since it was first met (GP-171).
public struct KnownHost: Sendable, Hashable {
    public var host: Host
    public var port: UInt16
    /// The SHA-256 of its certificate; `nil` where only its key is known, as in files of other programs.
    public var fingerprint: Fingerprint?
    /// The SHA-256 of its public key; `nil` where only its certificate is known.
    public var publicKeyFingerprint: Fingerprint?
    /// The last second in which its certificate is valid; after that a new one is accepted (GP-173).
    public var notAfter: Timestamp?
    public var firstSeen: Timestamp?
    public var lastSeen: Timestamp?

    public init(
        host: Host,
        port: UInt16,
        fingerprint: Fingerprint?,
        publicKeyFingerprint: Fingerprint?,
        notAfter: Timestamp?,
        firstSeen: Timestamp? = nil,
        lastSeen: Timestamp? = nil
    ) {
        self.host = host
        self.port = port
        self.fingerprint = fingerprint
        self.publicKeyFingerprint = publicKeyFingerprint
        self.notAfter = notAfter
        self.firstSeen = firstSeen
        self.lastSeen = lastSeen
    }
}
