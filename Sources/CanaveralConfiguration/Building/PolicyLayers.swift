import Canaveral
import GeminiProtocol
import GeminiServer
import Logging

/// Puts what a policy asks for around a responder, by the framework's middleware.
struct PolicyLayers {
    let offenders: RepeatOffenders
    let logger: Logger

    /// - Parameters:
    ///   - isZone: whether the responder answers for all that is beneath where it is mounted, so that certificates are asked
    ///     for at its top (GP-157); others ask where they are.
    ///   - isFolder: whether the responder redirects the path that it is mounted at to the same with a slash.
    ///   - authorities: those of the policy, read.
    ///   - uploads: whether Titan requests reach the responder.
    func surround(
        _ responder: any Responder,
        with policy: PolicySettings,
        authorities: ClientAuthorities?,
        isZone: Bool = true,
        isFolder: Bool = false,
        uploads: Bool
    ) throws -> any Responder {
        guard !policy.isOpen else { return responder }
        let limiter = policy.rateLimits.isEmpty ? nil : RateLimiter(policy.rateLimits)
        return try self.surround(
            responder,
            with: policy,
            authorities: authorities,
            limiter: limiter,
            isZone: isZone,
            isFolder: isFolder,
            uploads: uploads
        )
    }

    /// - Parameter limiter: one that several responders share.
    func surround(
        _ responder: any Responder,
        with policy: PolicySettings,
        authorities: ClientAuthorities?,
        limiter: RateLimiter?,
        isZone: Bool = true,
        isFolder: Bool = false,
        uploads: Bool
    ) throws -> any Responder {
        let router = try Router<BasicContext> { routes in
            if !policy.addresses.admitsEverybody { routes.use(.allowAddresses(policy.addresses)) }
            if let limiter { routes.use(.rateLimit(limiter, banning: self.offenders)) }
            if let certificates = policy.certificates {
                let requirement = CertificateRequirement<BasicContext>(
                    certificates.prompt.flatMap { Meta(sanitizing: $0) },
                    allow: certificates.allowed.map { AllowedCertificates($0) },
                    from: authorities
                )
                if isFolder { routes.use(AskedWithSlash()) }
                if isZone { routes.use(requirement) } else { routes.use(RequirementInPlace(requirement: requirement)) }
            }
            routes.mount("/", responder, uploads: uploads)
        }
        return router.adopting(AppEnvironment.system, store: MemoryStore(), logger: self.logger)
    }
}

/// Asks for a certificate where one is wanted, and not at the top of what is around.
private struct RequirementInPlace: Middleware {
    let requirement: CertificateRequirement<BasicContext>

    func respond(to context: BasicContext, next: @escaping Next<BasicContext>) async throws -> Response {
        try await self.requirement.respond(to: context, next: next)
    }
}
