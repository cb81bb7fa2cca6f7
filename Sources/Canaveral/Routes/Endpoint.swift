import GeminiServer

/// What answers at the end of a route.
enum Endpoint<Context: RequestContext>: Sendable {
    case handler(Next<Context>)
    /// A responder with nothing of the application around it, so that what it knows at once is had at once.
    case responder(any Responder)

    func respond(to context: Context) async throws -> Response {
        switch self {
        case .handler(let handler): try await handler(context)
        case .responder(let responder): try await responder.respond(to: context.core.request)
        }
    }

    /// The endpoint behind the middleware of its group.
    func `in`(_ middleware: [any Middleware<Context>]) -> Endpoint {
        guard !middleware.isEmpty else { return self }
        return .handler(MiddlewareChain(middleware, around: self.respond).respond)
    }

    /// The endpoint behind its group's middleware and the making of the group's context.
    func `in`<Parent: RequestContext>(
        _ middleware: [any Middleware<Context>],
        zone: CertificateZone,
        makeContext: @escaping @Sendable (Parent) async throws -> Context
    ) -> Endpoint<Parent> {
        let chain = MiddlewareChain(middleware, around: self.respond)
        return .handler { parent in
            let context: Context
            do {
                context = try await makeContext(parent)
            } catch let error as any ResponseError {
                return zone.answer(to: parent.core, refusal: error.response)
            }
            return try await chain.respond(to: context)
        }
    }
}
