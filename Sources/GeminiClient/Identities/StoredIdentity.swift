/// An identity of an ``IdentityStore``, and what belongs to it there.
public struct StoredIdentity: Sendable {
    public let identity: ClientIdentity
    /// Where it is shown.
    public let activeScopes: [IdentityScope]
    /// Where it was shown, and could be again.
    public let inactiveScopes: [IdentityScope]
    /// The certificate, in PEM, for other programs to use.
    public let certificatePath: String
    /// The private key, in PEM (PKCS#8), unencrypted.
    public let keyPath: String
}
