/// An error that says why an answer is none: thrown where an answer is read, it has the question asked again, beginning with
/// the reason.
///
/// ``Invalid`` is one for any reason, and ``AccountError`` is one, so that an account can be made where its name is read:
///
/// ```swift
/// let name = try await talk.ask("What is your name?") { text in
///     try await accounts.register(certificate, name: text).name
/// }
/// ```
public protocol AnswerError: Error {
    /// A sentence for the visitor.
    var reason: String { get }
}
