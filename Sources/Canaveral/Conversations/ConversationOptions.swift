public import GeminiProtocol
public import GeminiServer

/// How long conversations of a route wait, and what they may cost.
public struct ConversationOptions: Sendable {
    /// How long a conversation is kept after its last answer; and its last page, after it was shown first.
    public var timeout: Duration = .seconds(3600)

    /// The largest number of answers in one, for loops that ask.
    public var maximumAnswers = 100

    /// The largest number of bytes that are kept of one: answers, drafts, results of what was done, the last page.
    public var maximumBytes = 32 * 1024

    /// The largest number of them that are under way at once. Who comes after is asked to come back later (41).
    public var maximumCount = 10_000

    /// How long a deed may run before it counts as one that a crash has interrupted, and is begun anew.
    public var deedTimeout: Duration = .seconds(60)

    /// What a visitor gets who goes on with a conversation that is not there: it has timed out, or was never begun.
    public var lost: @Sendable (_ start: URIReference) -> Response = { start in
        var page = Gemtext()
        page.heading(1, "Nothing is kept here any more")
        page.text("The last answer was too long ago, so what was said is forgotten. You are welcome to begin again.")
        page.link(start.description, "Begin again")
        return .gemtext(page)
    }

    public init() {}
}
