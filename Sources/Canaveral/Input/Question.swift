import GeminiServer

/// A question as it is put to a visitor, in one request or in a conversation.
struct Question: Sendable {
    let prompt: String
    let isSensitive: Bool
    /// Whether an answer may be blank; otherwise the question is asked again.
    let allowsEmpty: Bool

    /// The answer that puts the question.
    func asked(because reason: String? = nil) -> InputRequired {
        InputRequired(self.prompt, sensitive: self.isSensitive, because: reason)
    }

    /// Lets a text through that may be an answer.
    func admit(_ text: String) throws(InputRequired) -> String {
        guard self.allowsEmpty || !text.allSatisfy(\.isWhitespace) else { throw self.asked() }
        return text
    }
}
