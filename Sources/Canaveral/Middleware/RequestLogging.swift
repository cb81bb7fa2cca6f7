public import GeminiServer
public import Logging

/// Says what each handler did; see ``Middleware/logging(level:)``.
public struct RequestLogging<Context: RequestContext>: Middleware {
    private let level: Logger.Level

    public init(level: Logger.Level) {
        self.level = level
    }

    public func respond(to context: Context, next: @escaping Next<Context>) async throws -> Response {
        let start = context.environment.uptime()
        do {
            let response = try await next(context)
            self.log(context, "\(response.status.code)", since: start)
            return response
        } catch {
            self.log(context, "an error", since: start)
            throw error
        }
    }

    private func log(_ context: Context, _ outcome: String, since start: Duration) {
        let time = context.environment.uptime() - start
        context.logger.log(
            level: self.level,
            "\(context.host)\(context.path): \(outcome) in \(time)",
            metadata: [
                "gemini.route": "\(context.core.route ?? "none")",
                "gemini.outcome": "\(outcome)",
                "gemini.duration": "\(time)",
            ]
        )
    }
}

extension Middleware {
    /// Logs each request with its route, its status and the time until the response began.
    ///
    /// Queries are left out: they are what visitors type, passwords among them. For a record of every exchange there is the
    /// access log (``CapsuleOptions/accessLog``).
    public static func logging<C>(level: Logger.Level = .info) -> Self where Self == RequestLogging<C> {
        RequestLogging(level: level)
    }
}
