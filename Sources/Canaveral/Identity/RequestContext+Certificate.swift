public import GeminiProtocol
public import GeminiServer

extension RequestContext {
    /// The visitor's certificate, which is there and valid now.
    ///
    /// - Throws: ``CertificateRefusal``, which is the answer 60 or 62.
    public var certificate: ClientCertificate {
        get throws(CertificateRefusal) {
            try self.requireCertificate()
        }
    }

    /// The visitor's certificate, which is there and valid now (GP-151, GP-153).
    ///
    /// ```swift
    /// let member = try await members.find(context.requireCertificate("Members only").fingerprint)
    /// ```
    ///
    /// Clients keep a certificate for the address that asked for it and what is below. Where it is to be good for more than
    /// one page, require it for a group: ``Middleware/requireCertificate(_:allow:from:)``, or in a ``ChildContext``.
    ///
    /// - Parameter why: what a visitor without one reads.
    /// - Throws: ``CertificateRefusal``, which is the answer 60 or 62.
    @discardableResult
    public func requireCertificate(
        _ why: Meta = .certificateQuestion
    ) throws(CertificateRefusal) -> ClientCertificate {
        guard let certificate = self.clientCertificate else { throw .missing(why) }
        guard let notBefore = certificate.notBefore, let notAfter = certificate.notAfter else { throw .malformed }
        let now = self.environment.now()
        guard notBefore <= now else { throw .notYetValid(until: notBefore) }
        guard now <= notAfter else { throw .expired(since: notAfter) }
        return certificate
    }
}

extension Meta {
    /// What a visitor without a certificate reads where nothing else was said.
    public static let certificateQuestion: Meta = "Please identify yourself with a certificate"
}
