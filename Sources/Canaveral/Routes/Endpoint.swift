import GeminiServer

/// What answers at the end of a route.
enum Endpoint<Context: RequestContext>: Sendable {
    case handler(Next<Context>)
    /// A responder with nothing of the application around it, so that what it knows at once is had at once.
    case responder(any Responder)
    /// A responder behind gatekeepers alone: what it knows at once is had at once for those who are let through.
    case guarded([any Gatekeeper<Context>], any Responder)

    /// Whether anything could be had at once.
    var answersAtOnce: Bool {
        if case .handler = self { false } else { true }
    }

    func respond(to context: Context) async throws -> Response {
        switch self {
        case .handler(let handler):
            return try await handler(context)
        case .responder(let responder):
            return try await responder.respond(to: context.core.request)
        case .guarded(let gates, let responder):
            for gate in gates {
                if let refusal = gate.refusal(of: context) { return refusal }
            }
            return try await responder.respond(to: context.core.request)
        }
    }

    /// What can be said without waiting.
    ///
    /// The responder is asked before the gatekeepers, which count requests and must be asked only once.
    ///
    /// - Parameter makeContext: makes the context for the gatekeepers.
    func respondAtOnce(to request: Request, makeContext: () -> Context) -> Response? {
        switch self {
        case .handler:
            return nil
        case .responder(let responder):
            return responder.respondAtOnce(to: request)
        case .guarded(let gates, let responder):
            guard let response = responder.respondAtOnce(to: request) else { return nil }
            let context = makeContext()
            for gate in gates {
                if let refusal = gate.refusal(of: context) { return refusal }
            }
            return response
        }
    }

    /// The endpoint behind the middleware of its group.
    func `in`(_ middleware: [any Middleware<Context>]) -> Endpoint {
        guard !middleware.isEmpty else { return self }
        let gates = middleware.compactMap { $0 as? any Gatekeeper<Context> }
        if gates.count == middleware.count {
            switch self {
            case .handler: break
            case .responder(let responder): return .guarded(gates, responder)
            case .guarded(let inner, let responder): return .guarded(gates + inner, responder)
            }
        }
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
