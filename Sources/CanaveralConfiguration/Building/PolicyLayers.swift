import Canaveral
import GeminiProtocol
import GeminiServer
import Logging

/// Puts what a policy asks for around a responder, by the framework's middleware.
struct PolicyLayers {
    let offenders: RepeatOffenders
    let logger: Logger

    /// - Parameter uploads: whether Titan requests reach the responder.
    /// - Throws: where the files of authorities cannot be read.
    func surround(_ responder: any Responder, with policy: PolicySettings, uploads: Bool) throws -> any Responder {
        guard !policy.isOpen else { return responder }
        let limiter = policy.rateLimits.isEmpty ? nil : RateLimiter(policy.rateLimits)
        return try self.surround(responder, with: policy, limiter: limiter, uploads: uploads)
    }

    /// - Parameter limiter: one that several responders share.
    func surround(
        _ responder: any Responder,
        with policy: PolicySettings,
        limiter: RateLimiter?,
        uploads: Bool
    ) throws -> any Responder {
        let authorities = try policy.certificates.flatMap { policy in
            policy.authorities.isEmpty ? nil : try ClientAuthorities(paths: policy.authorities)
        }
        var prompt: Meta = "Please identify yourself with a certificate"
        if let text = policy.certificates?.prompt, let meta = Meta(sanitizing: text) { prompt = meta }
        let router = try Router<BasicContext> { routes in
            if !policy.addresses.admitsEverybody { routes.use(.allowAddresses(policy.addresses)) }
            if let limiter { routes.use(.rateLimit(limiter, banning: self.offenders)) }
            if let certificates = policy.certificates {
                routes.use(
                    .requireCertificate(
                        prompt,
                        allow: certificates.allowed.map { AllowedCertificates($0) },
                        from: authorities
                    )
                )
            }
            routes.mount("/", responder, uploads: uploads)
        }
        return router.adopting(AppEnvironment.system, store: MemoryStore(), logger: self.logger)
    }
}
