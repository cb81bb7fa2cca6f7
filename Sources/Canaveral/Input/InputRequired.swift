import GeminiProtocol
public import GeminiServer

/// The answer that asks the visitor for a text (10, or 11): the client asks for the same address again with it as the query.
///
/// `input` throws it. Throw it yourself where an answer turns out to be wrong only later:
///
/// ```swift
/// let name = try context.input("What is your name?")
/// guard try await members.isFree(name) else {
///     throw InputRequired("What is your name?", because: "\(name) is taken.")
/// }
/// ```
public struct InputRequired: ResponseError, Hashable {
    /// The question.
    public let prompt: String
    /// Whether what is typed should not be shown nor kept by the client (11).
    public let isSensitive: Bool
    /// Why the question is asked again; the prompt begins with it.
    public let reason: String?

    public init(_ prompt: String, sensitive: Bool = false, because reason: String? = nil) {
        self.prompt = prompt
        self.isSensitive = sensitive
        self.reason = reason
    }

    /// 10 or 11. Whatever is in the question and the reason, the header stays one line of at most 1,024 bytes (GP-075,
    /// GP-076), in which the reason is shortened before the question is.
    public var response: Response {
        .input(self.meta, sensitive: self.isSensitive)
    }

    private var meta: Meta {
        let question = Meta(sanitizing: self.prompt) ?? "Your answer?"
        guard let reason = self.reason.flatMap({ Meta(sanitizing: $0) }) else { return question }
        let room = Meta.maximumLength - question.text.utf8.count - 1
        var text = reason.text[...]
        while text.utf8.count > room, !text.isEmpty { text.removeLast() }
        return Meta(sanitizing: "\(text) \(question.text)") ?? question
    }
}
