public import GeminiServer

/// What stands around the handlers of routes: it may look at the request, answer by itself, go on with another context,
/// and look at the answer.
///
/// Most middleware is a function:
///
/// ```swift
/// routes.use { context, next in
///     let start = context.environment.uptime()
///     let response = try await next(context)
///     context.logger.info("\(context.path): \(response.status) in \(context.environment.uptime() - start)")
///     return response
/// }
/// ```
///
/// It applies to all routes of its group, whether they are written before or after it; that of the outermost group also
/// to requests that no route answers. The first that is used is the outermost. A `ResponseError` that a
/// handler throws has become its response before middleware sees it; other errors pass through.
public protocol Middleware<Context>: Sendable {
    associatedtype Context: RequestContext

    /// - Parameters:
    ///   - context: what is known about the request so far.
    ///   - next: what comes behind: the rest of the middleware, then the handler.
    func respond(to context: Context, next: @escaping Next<Context>) async throws -> Response
}

/// What comes behind a middleware.
public typealias Next<Context: RequestContext> = @Sendable (Context) async throws -> Response

/// A middleware made of a closure.
public struct ClosureMiddleware<Context: RequestContext>: Middleware {
    private let body: @Sendable (Context, @escaping Next<Context>) async throws -> Response

    public init(_ body: @escaping @Sendable (Context, @escaping Next<Context>) async throws -> Response) {
        self.body = body
    }

    public func respond(to context: Context, next: @escaping Next<Context>) async throws -> Response {
        try await self.body(context, next)
    }
}
