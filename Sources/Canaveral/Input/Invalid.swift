public import GeminiServer

/// Why an answer is none: thrown where an answer is read, it has the question asked again, beginning with the reason.
///
/// ```swift
/// let age = try context.input("How old are you?") { text in
///     guard let age = Int(text), age >= 0 else { throw Invalid("That is no number.") }
///     return age
/// }
/// ```
public struct Invalid: AnswerError, ResponseError, Hashable, CustomStringConvertible {
    /// A sentence for the visitor.
    public let reason: String

    public init(_ reason: String) {
        self.reason = reason
    }

    /// 59 with the reason, for when it is thrown elsewhere.
    public var response: Response {
        .failure(.badRequest, self.reason)
    }

    public var description: String {
        self.reason
    }
}
