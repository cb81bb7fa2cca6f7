package import GeminiProtocol

extension Identity {
    /// The longest time before expiry at which a certificate of our own is renewed.
    private static let longestLead = Duration.seconds(30 * 86_400)

    /// When a certificate that we can renew should be: in the last third of its validity, and in its last 30 days.
    ///
    /// Thirty days outlast a machine that is switched off for a holiday and a folder that cannot be written for weeks;
    /// a certificate made for a shorter time is not renewed all the time. Later is better than earlier, because clients
    /// that pin the certificate rather than its key ask their user about a new one as long as the old is valid.
    package var renewalDate: Timestamp {
        guard let notBefore = self.leaf.notBefore, let notAfter = self.leaf.notAfter, notBefore < notAfter else {
            return Timestamp(secondsSinceEpoch: .min)
        }
        return notAfter - min(Self.longestLead, (notAfter - notBefore) / 3)
    }

    /// A new certificate for the same key, with the same subject, names and extensions; clients that pin the key see no
    /// difference. What was a chain becomes the one certificate.
    ///
    /// - Parameter days: how long the new one is valid, counted from now.
    /// - Throws: ``IdentityError/issuedByOther(issuer:)`` for a certificate that the key did not sign itself.
    package func renewed(days: Int = 3650, at now: Timestamp) throws(IdentityError) -> Identity {
        try self.checkIsSelfSigned()
        guard let subject = self.leaf.layout.subject else { throw .noNames }
        let template = try CertificateTemplate(
            subject: Array(self.leaf.der[subject]),
            // An authorityKeyIdentifier may name the serial number of the certificate that is replaced.
            extensions: self.leaf.extensions
                .filter { $0.identifier != .authorityKeyIdentifier }
                .map { Array(self.leaf.der[$0.whole]) },
            days: days,
            now: now
        )
        return Identity(
            certificates: [try template.certificate(signedBy: self.privateKey)],
            privateKey: self.privateKey
        )
    }

    /// A new certificate for the same key with other names.
    ///
    /// - Throws: ``IdentityError/issuedByOther(issuer:)`` for a certificate that the key did not sign itself.
    package func renamed(
        names: [String],
        commonName: String? = nil,
        days: Int = 3650,
        at now: Timestamp
    ) throws(IdentityError) -> Identity {
        try self.checkIsSelfSigned()
        return try Self.selfSigned(
            by: self.privateKey,
            names: names,
            commonName: commonName,
            days: days,
            purpose: .server,
            at: now
        )
    }

    private func checkIsSelfSigned() throws(IdentityError) {
        guard self.isSelfSigned else {
            let issuer = self.leaf.issuer
            throw .issuedByOther(issuer: issuer?.commonName ?? issuer?.description ?? "somebody else")
        }
    }
}
