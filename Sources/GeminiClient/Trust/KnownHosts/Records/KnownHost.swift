public import GeminiProtocol

/// What is known of the server at a host and port since it was first met (GP-171).
public struct KnownHost: Sendable, Hashable {
    /// The host, without a dot at its end (GP-031).
    public var host: Host
    public var port: UInt16
    /// The SHA-256 of its certificate; `nil` where only its key is known, as in files of other programs.
    public var fingerprint: Fingerprint?
    /// The SHA-256 of its public key; `nil` where only its certificate is known.
    public var publicKeyFingerprint: Fingerprint?
    /// The 64 bytes of the SHA-512 of its certificate, by which some other programs know it; `nil` where it is unknown.
    public var sha512: [UInt8]?
    /// The last second in which its certificate is valid; after that a new one is accepted (GP-173). `nil` where no end
    /// is known, so that a new one never is without a human's yes.
    public var notAfter: Timestamp?
    /// When this certificate was first seen here; `nil` where it came from another program.
    public var firstSeen: Timestamp?
    /// When this certificate was last seen, to the day.
    public var lastSeen: Timestamp?

    public init(
        host: Host,
        port: UInt16,
        fingerprint: Fingerprint?,
        publicKeyFingerprint: Fingerprint?,
        sha512: [UInt8]? = nil,
        notAfter: Timestamp?,
        firstSeen: Timestamp? = nil,
        lastSeen: Timestamp? = nil
    ) {
        self.host = host.withoutTrailingDot
        self.port = port
        self.fingerprint = fingerprint
        self.publicKeyFingerprint = publicKeyFingerprint
        self.sha512 = sha512
        self.notAfter = notAfter
        self.firstSeen = firstSeen
        self.lastSeen = lastSeen
    }
}

extension KnownHost {
    /// By what a server is recognised.
    public enum Match: Sendable, Hashable, CaseIterable {
        /// Its public key, which stays when a certificate is renewed with the same key (GP-175).
        case publicKey
        /// The whole certificate.
        case certificate
    }

    /// Whether another shows the same key or certificate.
    ///
    /// Where only the other of the two is known of both, as in an entry that came from another program, that one decides.
    /// What has nothing to compare does not match.
    package func matches(_ other: KnownHost, by match: Match) -> Bool {
        let (key, certificate) = (self.hasSameKey(as: other), self.hasSameCertificate(as: other))
        switch match {
        case .publicKey: return key ?? certificate ?? false
        case .certificate: return certificate ?? key ?? false
        }
    }

    /// Whether the two are known by something that can be compared.
    package func isComparable(to other: KnownHost) -> Bool {
        self.hasSameKey(as: other) != nil || self.hasSameCertificate(as: other) != nil
    }

    /// `nil` where one of the keys is not known.
    private func hasSameKey(as other: KnownHost) -> Bool? {
        guard let mine = self.publicKeyFingerprint, let theirs = other.publicKeyFingerprint else { return nil }
        return mine == theirs
    }

    /// `nil` where no hash of the certificate is known of both.
    private func hasSameCertificate(as other: KnownHost) -> Bool? {
        if let mine = self.fingerprint, let theirs = other.fingerprint { return mine == theirs }
        if let mine = self.sha512, let theirs = other.sha512 { return mine == theirs }
        return nil
    }

    /// Takes from another entry for the same certificate what is not known yet.
    mutating func learn(from other: KnownHost) {
        self.fingerprint = self.fingerprint ?? other.fingerprint
        self.publicKeyFingerprint = self.publicKeyFingerprint ?? other.publicKeyFingerprint
        self.sha512 = self.sha512 ?? other.sha512
        self.notAfter = self.notAfter ?? other.notAfter
        self.firstSeen = self.firstSeen ?? other.firstSeen
        self.lastSeen = self.lastSeen ?? other.lastSeen
    }

    /// Whether the other is not known to be of another certificate.
    func mayBeSameCertificate(as other: KnownHost) -> Bool {
        self.hasSameCertificate(as: other) ?? true
    }
}
