package import GeminiServer
package import Logging

/// A responder that gets its clock, its chance and its log from the capsule that it is in.
package protocol EnvironmentAdopting: Responder {
    func adopting(_ environment: AppEnvironment, logger: Logger) -> any Responder
}

extension Router: EnvironmentAdopting {
    package func adopting(_ environment: AppEnvironment, logger: Logger) -> any Responder {
        var router = self
        router.environment = environment
        router.logger = logger
        return router
    }
}
