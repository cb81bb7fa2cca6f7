/// Whatever answers requests: a folder of files, a gateway, a router, an application.
///
/// The one seam that everything above the connection hangs on. A responder is called once for each well-formed request
/// to a host that it serves, by many connections at once. It begins on the connection's event loop, so that an answer
/// that needs no waiting costs no change of thread: do not block there; anything that suspends goes on elsewhere.
///
/// An error that is a ``ResponseError`` becomes its response. Any other becomes `40` with a fixed text, and its
/// description goes to the log only (GP-095). When the client leaves, the task is cancelled.
///
/// ```swift
/// struct Greeting: Responder {
///     func respond(to request: Request) async throws -> Response {
///         .gemtext("# Hello from \(request.url.path)\n")
///     }
/// }
/// ```
public protocol Responder: Sendable {
    func respond(to request: Request) async throws -> Response

    /// The answer, where it can be had without waiting for anything; otherwise `nil`, and ``respond(to:)`` is asked.
    ///
    /// Called on the connection's event loop, where it must not block. It saves the making of a task, some microseconds
    /// of a request's few hundred; there is no other reason to have it, and what has it not is asked at once all the same.
    func respondAtOnce(to request: Request) -> Response?
}

extension Responder {
    public func respondAtOnce(to request: Request) -> Response? {
        nil
    }
}

/// A responder made of a closure.
public struct ClosureResponder: Responder {
    private let answer: @Sendable (Request) async throws -> Response

    public init(_ answer: @escaping @Sendable (Request) async throws -> Response) {
        self.answer = answer
    }

    public func respond(to request: Request) async throws -> Response {
        try await self.answer(request)
    }
}

extension Responder where Self == ClosureResponder {
    /// Answers with what a closure returns, as in `responder: .closure { _ in .gemtext("# Hello\n") }`.
    public static func closure(_ answer: @escaping @Sendable (Request) async throws -> Response) -> ClosureResponder {
        ClosureResponder(answer)
    }
}
