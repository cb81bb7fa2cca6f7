public import GeminiServer

extension RequestContext {
    /// The certificate that the visitor's client showed.
    ///
    /// - Throws: an answer: 60 where there is none, 62 where it is not valid at the time.
    @discardableResult
    public func requireCertificate(_ reason: String? = nil) throws -> ClientCertificate {
        guard let certificate = self.clientCertificate else { throw CertificateRefusal.required(reason) }
        let now = self.environment.now()
        if let notBefore = certificate.notBefore, now < notBefore { throw CertificateRefusal.notYetValid }
        if let notAfter = certificate.notAfter, now > notAfter { throw CertificateRefusal.expired }
        return certificate
    }
}
