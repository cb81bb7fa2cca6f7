public import GeminiProtocol
public import GeminiServer
package import GeminiTLS

/// A certificate and its key, made for a test, by which a capsule knows a visitor. Nothing of it is on disk.
///
/// ```swift
/// let alice = try VisitorIdentity(commonName: "alice")
/// let page = try await client.as(alice).get("/members/")
/// ```
public struct VisitorIdentity: Sendable {
    package let identity: Identity

    /// A new key, and a certificate that is valid from the day before a moment on.
    ///
    /// - Parameters:
    ///   - days: how long it is valid from that moment on.
    ///   - now: the moment; the machine's time unless given. Give the clock's where a test has one.
    public init(commonName: String = "visitor", days: Int = 365, at now: Timestamp? = nil) throws {
        try self.init(commonName: commonName, days: days, key: .generate(), at: now ?? .now)
    }

    private init(commonName: String, days: Int, key: PrivateKey, at now: Timestamp) throws {
        self.identity = try .generate(
            names: [],
            commonName: commonName,
            days: days,
            purpose: .client,
            key: key,
            at: now
        )
    }

    /// One whose certificate was valid until a day before a moment.
    public static func expired(
        commonName: String = "visitor",
        at now: Timestamp? = nil
    ) throws -> VisitorIdentity {
        try VisitorIdentity(commonName: commonName, days: 9, at: (now ?? .now) - .seconds(10 * 86_400))
    }

    /// One whose certificate is valid from a day after a moment on.
    public static func notYetValid(
        commonName: String = "visitor",
        at now: Timestamp? = nil
    ) throws -> VisitorIdentity {
        try VisitorIdentity(commonName: commonName, at: (now ?? .now) + .seconds(2 * 86_400))
    }

    /// Another certificate for the same key, as a client makes it that renews its own: it is the same visitor, with
    /// another ``fingerprint``.
    public func renewed(
        commonName: String? = nil,
        days: Int = 365,
        at now: Timestamp? = nil
    ) throws -> VisitorIdentity {
        try VisitorIdentity(
            commonName: commonName ?? self.certificate.commonName ?? "visitor",
            days: days,
            key: self.identity.privateKey,
            at: now ?? .now
        )
    }

    /// The certificate as the capsule sees it.
    public var certificate: ClientCertificate {
        ClientCertificate(der: self.identity.leaf.der)
    }

    /// The SHA-256 of the certificate.
    public var fingerprint: Fingerprint {
        self.identity.leaf.fingerprint
    }

    /// The SHA-256 of the public key, which ``renewed(commonName:days:at:)`` keeps.
    public var publicKeyFingerprint: Fingerprint? {
        self.identity.leaf.publicKeyFingerprint
    }
}
