public import GeminiServer
import Logging

/// Answers for errors that nobody expected; see ``recover(_:)-((Error)->Response)``.
public struct Recovery<Context: RequestContext>: Middleware {
    private let answer: @Sendable (Context, any Error) async -> Response

    public init(_ answer: @escaping @Sendable (Context, any Error) async -> Response) {
        self.answer = answer
    }

    public func respond(to context: Context, next: @escaping Next<Context>) async throws -> Response {
        do {
            return try await next(context)
        } catch let error as any ResponseError {
            return error.response
        } catch let error as CancellationError where Task.isCancelled {
            throw error  // the visitor has left
        } catch {
            context.logger.error(
                "A handler failed: \(error)",
                metadata: ["gemini.route": "\(context.core.route ?? context.path)"]
            )
            return await self.answer(context, error)
        }
    }
}

extension Recovery {
    /// Answers in the application's own words where a handler throws an error that is no answer by itself.
    ///
    /// The error goes to the log. What of it goes to the visitor is what the closure puts into its response: best nothing.
    /// Without this middleware the visitor gets 40.
    ///
    /// ```swift
    /// routes.use(.recover { error in
    ///     .failure(.cgiError, error is StoreError ? "The guestbook is closed." : "Something broke.")
    /// })
    /// ```
    public static func recover(_ answer: @escaping @Sendable (any Error) -> Response) -> Recovery {
        Recovery { _, error in answer(error) }
    }

    /// As ``recover(_:)-((Error)->Response)``, with the context of the request.
    public static func recover(_ answer: @escaping @Sendable (Context, any Error) async -> Response) -> Recovery {
        Recovery(answer)
    }
}

extension Routes {
    /// Puts recovery around all routes of this group.
    ///
    /// By its type, and not as any middleware: Swift 6.3 does not take a closure after a leading dot for `@Sendable` where
    /// the dot stands for a generic type.
    public func use(_ middleware: Recovery<Context>) {
        self.surround(with: middleware)
    }
}
