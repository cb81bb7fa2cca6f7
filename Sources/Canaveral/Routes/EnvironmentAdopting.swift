package import GeminiServer
package import Logging

/// A responder that gets its clock, its chance, its store and its log from the capsule that it is in.
package protocol EnvironmentAdopting: Responder {
    func adopting(_ environment: AppEnvironment, store: any Store, logger: Logger) -> any Responder
}

extension Router: EnvironmentAdopting {
    package func adopting(_ environment: AppEnvironment, store: any Store, logger: Logger) -> any Responder {
        var router = self
        router.environment = environment
        router.store = store
        router.logger = logger
        return router
    }
}
