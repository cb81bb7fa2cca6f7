public import GeminiProtocol
import GeminiTLS

/// A certificate and its key, by which servers know a visitor.
public struct ClientIdentity: Sendable {
    let identity: Identity

    init(_ identity: Identity) {
        self.identity = identity
    }

    /// The SHA-256 of its certificate: what most servers keep.
    public var fingerprint: Fingerprint { self.identity.leaf.fingerprint }

    /// The SHA-256 of its public key.
    public var publicKeyFingerprint: Fingerprint? { self.identity.leaf.publicKeyFingerprint }

    /// The name in its certificate, which anybody may choose.
    public var commonName: String? { self.identity.leaf.subject?.commonName }

    /// The last second in which it is valid.
    public var notAfter: Timestamp? { self.identity.leaf.notAfter }
}
