package import GeminiProtocol

extension Identity {
    /// Makes a self-signed certificate, and a new ECDSA P-256 key for it unless there is one.
    ///
    /// - Parameters:
    ///   - names: DNS names, as A-labels, and IP addresses; all of them go into subjectAltName, in this order, once.
    ///   - commonName: the name to show; the first of the names unless given. Without names it is required, which is
    ///     how a visitor's identity is made.
    ///   - days: how long it is valid, counted from now.
    ///   - key: the key to make the certificate for.
    ///   - now: the moment of its making; validity begins a day earlier for clocks that are behind.
    package static func generate(
        names: [String],
        commonName: String? = nil,
        days: Int = 3650,
        purpose: CertificatePurpose = .server,
        key: PrivateKey = .generate(),
        at now: Timestamp
    ) throws(IdentityError) -> Identity {
        try Self.selfSigned(
            by: key,
            names: names,
            commonName: commonName,
            days: days,
            purpose: purpose,
            at: now
        )
    }

    /// A self-signed certificate for a key that exists.
    static func selfSigned(
        by key: PrivateKey,
        names: [String],
        commonName: String?,
        days: Int,
        purpose: CertificatePurpose,
        at now: Timestamp
    ) throws(IdentityError) -> Identity {
        var subjectNames: [SubjectName] = []
        for name in names {
            let name = try SubjectName(name)
            if !subjectNames.contains(name) {
                subjectNames.append(name)
            }
        }
        guard let title = commonName ?? subjectNames.first?.description, !title.isEmpty else { throw .noNames }
        let template = try CertificateTemplate(
            subject: DistinguishedName.der(commonName: Self.shortened(title)),
            extensions: purpose.extensions(names: subjectNames),
            days: days,
            now: now
        )
        return Identity(certificates: [try template.certificate(signedBy: key)], privateKey: key)
    }

    /// A common name has at most 64 characters (RFC 5280, ub-common-name). Of a longer host name the end is what tells
    /// most; it loses labels at its front, of anything else the rest is cut off.
    private static func shortened(_ name: String) -> String {
        let longest = 64
        var rest = Substring(name)
        while rest.unicodeScalars.count > longest, let dot = rest.firstIndex(of: ".") {
            rest = rest[rest.index(after: dot)...]
        }
        let kept = rest.isEmpty || rest.unicodeScalars.count > longest ? Substring(name) : rest
        return String(String.UnicodeScalarView(kept.unicodeScalars.prefix(longest)))
    }
}
