import GeminiProtocol
import GeminiServer
import NIOConcurrencyHelpers

/// A conversation with a visitor, written as if they sat there and typed.
///
/// ```swift
/// routes.conversation("/join") { talk in
///     let name = try await talk.ask("What is your name?")
///     let colour = try await talk.ask("Which colour?", of: Colour.self)
///     guard try await talk.confirm("Join as \(name)?") else {
///         return .text("Another time, then.")
///     }
///     try await talk.once("register") {
///         try await members.add(name, colour)
///     }
///     return .text("Welcome, \(name)!")
/// }
/// ```
///
/// ## How it works
///
/// Each request runs the closure from its beginning. Questions that were answered return what was answered; the first
/// that was not ends the run and is put to the visitor. So what comes between two questions runs many times: let it
/// depend on nothing but the answers, and put what must happen one time only, such as writing to a database or drawing
/// a card, into `once` or `transaction`. Ask one thing after the other, not in child tasks.
///
/// The place is kept by the public key of the visitor's certificate, or without one by a token in the address that nobody
/// can guess, in the store of the capsule's options. With a store on disk it survives a restart. Whoever knows a token is
/// in the conversation: where it is about anything of value, demand a certificate.
///
/// ## Going back and forth
///
/// Every question has an address, such as `/join/2`. To go back in the client and answer a question again takes the
/// conversation back to there: later answers are forgotten. The same answer again changes nothing. What was done with
/// `once` cannot be undone that way: answers given before it stay, and the addresses of their questions, as any
/// other that is not the time for, lead to where the conversation stands (30).
///
/// What the closure returns is the last page. It can be loaded again, without the closure being run where the page is text
/// of a size that can be kept; otherwise what was done once is not done again. An error that is an answer is as good as one
/// that is returned. A temporary failure is no last page: the visitor may try again. The route's own address begins anew after the last page, and before it leads to where the
/// conversation stands.
///
/// Nothing is answered by following somebody else's link: an answer counts when its question was put.
///
/// An answer is read by its closure once, when it is given, and kept as what the closure made of it. Answers to sensitive
/// questions go when the last page was made; to keep a password for no moment, make its hash of it there.
public final class Conversation<Context: RequestContext>: Sendable {
    /// The context of the request that the closure runs for.
    public let context: Context

    let address: ConversationAddress
    let keeper: ConversationKeeper
    let turn: ConversationTurn
    let state: NIOLockedValueBox<State>

    struct State: Sendable {
        var kept: ConversationKeeper.Kept
        /// How many questions the run has come to.
        var asked = 0
        var interruption: ConversationInterruption?
        /// The name of what is being done.
        var deed: String?
    }

    init(
        _ context: Context,
        at address: ConversationAddress,
        turn: ConversationTurn,
        kept: ConversationKeeper.Kept,
        keeper: ConversationKeeper
    ) {
        self.context = context
        self.address = address
        self.turn = turn
        self.keeper = keeper
        self.state = NIOLockedValueBox(State(kept: kept))
    }

    /// The same in every run of this conversation, and unlike that of any other, so that what is done outside of the
    /// capsule's store can be recognised when it is asked for again.
    public var id: String {
        self.state.withLockedValue { $0.kept.record.id }
    }

    /// Ends the run.
    func interrupt(_ interruption: ConversationInterruption) -> ConversationInterruption {
        self.state.withLockedValue { state in
            let first = state.interruption ?? interruption
            state.interruption = first
            return first
        }
    }
}
