public import GeminiProtocol
public import GeminiServer

/// Lets only visitors with a certificate in; see ``Middleware/requireCertificate(_:allow:from:)``.
public struct CertificateRequirement<Context: RequestContext>: Gatekeeper {
    private let why: Meta?
    private let allowed: AllowedCertificates?
    private let authorities: ClientAuthorities?
    private var zone: CertificateZone?

    public init(
        _ why: Meta? = nil,
        allow allowed: AllowedCertificates? = nil,
        from authorities: ClientAuthorities? = nil
    ) {
        self.why = why
        self.allowed = allowed
        self.authorities = authorities
    }

    public func refusal(of context: Context) -> Response? {
        do throws(CertificateRefusal) {
            let certificate = try context.requireCertificate(self.why ?? .certificateQuestion)
            guard self.admits(certificate, at: context.environment.now()) else {
                throw .notAuthorized(self.objection(to: certificate))
            }
            return nil
        } catch {
            return self.zone?.answer(to: context.core, refusal: error.response) ?? error.response
        }
    }

    private func admits(_ certificate: ClientCertificate, at now: Timestamp) -> Bool {
        guard self.allowed != nil || self.authorities != nil else { return true }
        return self.allowed?.contains(certificate) == true || self.authorities?.vouch(for: certificate, at: now) == true
    }

    /// What somebody reads whose certificate is good and not let in: which one that was, as a list of those who are would
    /// have it, and why, which comes last because a meta that is too long loses its end.
    private func objection(to certificate: ClientCertificate) -> Meta {
        let reason =
            switch (self.why, self.allowed) {
            case (let why?, _): why.text
            case (nil, .some): "its fingerprint is what the operator needs to let you in"
            case (nil, nil): "it is signed by no authority that is trusted here"
            }
        let name = self.allowed == nil ? "" : ", \(certificate.fingerprint.spelled(.jetforce)),"
        return Meta(sanitizing: "Your certificate\(name) is not allowed here: \(reason)") ?? .certificateQuestion
    }
}

extension CertificateRequirement: ZonedMiddleware {
    func placed(in zone: CertificateZone) -> CertificateRequirement {
        var requirement = self
        requirement.zone = zone
        return requirement
    }
}

extension Middleware {
    /// Lets only visitors with a valid certificate to the routes of the group: 60 without one, 62 for one that has expired or
    /// is not valid yet, 61 for one that is not allowed (GP-151 to GP-153).
    ///
    /// ```swift
    /// routes.group("/members") { members in
    ///     members.use(.requireCertificate("Members only", allow: ["SHA256:86341FB4…"]))
    ///     members.page("/") { _ in .gemtext("# Welcome") }
    ///     members.page("/minutes") { _ in .gemtext("# Minutes") }
    /// }
    /// ```
    ///
    /// Where the group has a page at its top (`/members/`), visitors without a certificate are sent there (30) from deeper
    /// pages, so that their clients use the one certificate for the whole group and nothing else (GP-157).
    ///
    /// - Parameters:
    ///   - why: what those read who are not let in. With 61 it stands behind the fingerprint of their certificate, where there
    ///     is a list that could have it.
    ///   - allowed: who is let in; everybody with a certificate if there are no authorities either.
    ///   - authorities: let in whom they vouch for, besides those who are allowed.
    public static func requireCertificate<C>(
        _ why: Meta? = nil,
        allow allowed: AllowedCertificates? = nil,
        from authorities: ClientAuthorities? = nil
    ) -> Self where Self == CertificateRequirement<C> {
        CertificateRequirement(why, allow: allowed, from: authorities)
    }
}
