public import GeminiProtocol
public import GeminiServer

/// A context in which the visitor has a certificate that is valid now; others are answered 60 or 62.
///
/// ```swift
/// routes.group("/diary", context: CertificateContext<AppContext>.self) { diary in
///     diary.page("/") { context in
///         .gemtext("# Dear \(context.certificate.commonName ?? "diary")")
///     }
/// }
/// ```
///
/// A context of the application's own that wants more, such as membership (61), is made of it or as it is:
///
/// ```swift
/// struct MemberContext: ChildContext {
///     var core: CoreContext
///     let member: Member
///
///     init(_ parent: CertificateContext<AppContext>) async throws {
///         self.core = parent.core
///         guard let member = try await parent.parent.members.find(parent.publicKey) else {
///             throw CertificateRefusal.notAuthorized("Ask Ada to be let in")
///         }
///         self.member = member
///     }
/// }
/// ```
public struct CertificateContext<Parent: RequestContext>: ChildContext {
    /// The context of the group around, whose ``RequestContext/core`` this one shares.
    public var parent: Parent

    /// The visitor's certificate.
    public let certificate: ClientCertificate

    /// The SHA-256 of the whole certificate, which changes with each renewal (GP-159).
    public let fingerprint: Fingerprint

    /// The SHA-256 of the public key, by which the visitor is known after a renewal too (GP-159).
    public let publicKey: Fingerprint

    public var core: CoreContext {
        get { self.parent.core }
        set { self.parent.core = newValue }
    }

    /// - Throws: ``CertificateRefusal``, which is the answer 60 or 62.
    public init(_ parent: Parent) throws(CertificateRefusal) {
        let certificate = try parent.requireCertificate()
        guard let publicKey = certificate.publicKeyFingerprint else { throw .malformed }
        self.parent = parent
        self.certificate = certificate
        self.fingerprint = certificate.fingerprint
        self.publicKey = publicKey
    }
}
