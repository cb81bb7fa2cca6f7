public import GeminiServer
import Logging

/// Answers for handlers that take too long; see ``Middleware/timeLimit(_:)``.
public struct TimeLimit<Context: RequestContext>: Middleware {
    private let limit: Duration

    public init(_ limit: Duration) {
        self.limit = limit
    }

    public func respond(to context: Context, next: @escaping Next<Context>) async throws -> Response {
        let (results, result) = AsyncStream.makeStream(
            of: Result<Response, any Error>.self,
            bufferingPolicy: .bufferingOldest(1)
        )
        // No child of this task, which would wait for a handler that does not heed its cancellation.
        let handler = Task.immediate {
            do {
                result.yield(.success(try await next(context)))
            } catch {
                result.yield(.failure(error))
            }
        }
        let timer = Task {
            guard (try? await context.environment.sleep(self.limit)) != nil else { return }
            result.yield(.failure(TimeLimitExceeded()))
        }
        defer {
            handler.cancel()
            timer.cancel()
        }
        // Ends without a result where this task is cancelled, because the visitor has left.
        var iterator = results.makeAsyncIterator()
        guard let first = await iterator.next() else { throw CancellationError() }
        if case .failure(let error as TimeLimitExceeded) = first {
            context.logger.warning(
                "The page was not ready within \(self.limit).",
                metadata: ["gemini.route": "\(context.core.route ?? context.path)"]
            )
            return error.response
        }
        return try first.get()
    }
}

/// The handler was not done in time: the answer 42, which the protocol has for what generates pages and times out.
struct TimeLimitExceeded: ResponseError {
    var response: Response { .failure(.cgiError, "The page took too long") }
}

extension Middleware {
    /// Answers 42 in the place of a handler that has not answered within this time, and cancels it.
    ///
    /// The visitor is answered at once, whether or not the handler heeds its cancellation. The time is that until the
    /// response begins: a body that is streamed may take longer.
    ///
    /// ```swift
    /// routes.use(.timeLimit(.seconds(10)))
    /// ```
    public static func timeLimit<C>(_ limit: Duration) -> Self where Self == TimeLimit<C> {
        TimeLimit(limit)
    }
}
