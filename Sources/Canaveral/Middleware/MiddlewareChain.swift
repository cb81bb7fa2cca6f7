import GeminiServer

/// The middleware of a group around one of its handlers, whose errors that are responses become them.
struct MiddlewareChain<Context: RequestContext>: Sendable {
    private let middleware: [any Middleware<Context>]
    private let handler: Next<Context>

    init(_ middleware: [any Middleware<Context>], around handler: @escaping Next<Context>) {
        self.middleware = middleware
        self.handler = handler
    }

    func respond(to context: Context) async throws -> Response {
        try await self.respond(to: context, from: 0)
    }

    private func respond(to context: Context, from index: Int) async throws -> Response {
        guard index < self.middleware.count else {
            do {
                return try await self.handler(context)
            } catch let error as any ResponseError {
                return error.response
            }
        }
        return try await self.middleware[index].respond(to: context) { context in
            try await self.respond(to: context, from: index + 1)
        }
    }
}
