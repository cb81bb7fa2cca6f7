import GeminiServer

/// What one request does in a conversation.
struct ConversationTurn: Sendable {
    enum Kind: Sendable {
        /// Reads the question, or the last page.
        case read
        case answer(String)
        case draft(Draft.Change, revision: Int, input: String?)
    }

    /// The step that it does it at; all before are replayed.
    let step: Int
    let kind: Kind
}

/// Why the run of a conversation stops before its end. Once there is one it stands, whatever a handler makes of the error.
enum ConversationInterruption: Error, Sendable {
    case respond(Response)
    case accept(ConversationRecord.Answer)
    case keep(Draft)
    case redirect(step: Int)
    /// An answer is no value of the type that is asked for now.
    case misfit(step: Int)
    /// Another request has changed the conversation meanwhile.
    case overtaken
}
