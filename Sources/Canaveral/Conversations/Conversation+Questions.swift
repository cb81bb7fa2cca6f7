import GeminiServer
import NIOConcurrencyHelpers

extension Conversation {
    /// What the visitor answers.
    ///
    /// - Parameters:
    ///   - prompt: the question; line breaks in it become spaces, and it is cut at 1,024 bytes.
    ///   - sensitive: whether the client should neither show nor keep what is typed (11).
    ///   - allowsEmpty: whether a blank answer is one. Otherwise the question is asked again.
    /// - Throws: what ends the run where there is no answer yet. Let it pass.
    public func ask(_ prompt: String, sensitive: Bool = false, allowsEmpty: Bool = false) async throws -> String {
        try await self.ask(prompt, sensitive: sensitive, allowsEmpty: allowsEmpty) { $0 }
    }

    /// What the visitor answers, as a value.
    ///
    /// ```swift
    /// let name = try await talk.ask("What is your name?") { text in
    ///     guard try await members.isFree(text) else { throw Invalid("\(text) is taken.") }
    ///     return text
    /// }
    /// ```
    ///
    /// - Parameters:
    ///   - prompt: the question, as of ``ask(_:sensitive:allowsEmpty:)``.
    ///   - sensitive: whether the client should neither show nor keep what is typed (11).
    ///   - allowsEmpty: whether a blank answer is one.
    ///   - read: makes the value, once, when the answer is given; the value is what is kept. ``Invalid`` has the question
    ///     asked again, beginning with the reason.
    public func ask<Value: Codable & Sendable>(
        _ prompt: String,
        sensitive: Bool = false,
        allowsEmpty: Bool = false,
        _ read: (String) async throws -> Value
    ) async throws -> Value {
        try await self.answer(to: Question(prompt: prompt, isSensitive: sensitive, allowsEmpty: allowsEmpty), read)
    }

    /// What the visitor answers, as a value of a type that is written as text, such as a number. White space around it
    /// does not count.
    public func ask<Value: LosslessStringConvertible & Codable & Sendable>(
        _ prompt: String,
        as type: Value.Type,
        sensitive: Bool = false
    ) async throws -> Value {
        let reading = LosslessReading<Value>()
        return try await self.ask(prompt, sensitive: sensitive) { try reading.read($0) }
    }

    /// Which of the cases of a type the visitor types; they are appended to the question.
    public func ask<Choice: CaseIterable & RawRepresentable<String>>(
        _ prompt: String,
        of type: Choice.Type
    ) async throws -> Choice {
        let choices = Array(Choice.allCases)
        let word = try await self.ask(prompt, of: choices.map(\.rawValue))
        guard let choice = Choice(rawValue: word) else { throw self.misfit() }
        return choice
    }

    /// Which of some words the visitor types; they are appended to the question. As much of a word's beginning as no other
    /// has is enough.
    public func ask(_ prompt: String, of words: [String]) async throws -> String {
        let choice = WordChoice(words: words)
        return try await self.answer(to: choice.question(prompt)) { try words[choice.read($0)] }
    }

    /// Whether the visitor says yes; the words are appended to the question: "Delete it? (yes/no)". Their first letters do
    /// as well, and nothing at all is a no.
    public func confirm(_ prompt: String, yes: String = "yes", no: String = "no") async throws -> Bool {
        let confirmation = Confirmation(yes: yes, no: no)
        return try await self.answer(to: confirmation.question(prompt)) { try confirmation.read($0) }
    }

    /// A text of several lines, which the visitor composes on a page with the draft and links to add a line, to remove
    /// the last one, to send and to discard it.
    ///
    /// ```swift
    /// routes.conversation("/letters/{to}") { (talk, to: String) in
    ///     guard let text = try await talk.compose("A letter to \(to)") else { return .redirect(to: "/letters") }
    ///     try await talk.once("send") { try await letters.send(text, to: to) }
    ///     return .redirect(to: "/letters")
    /// }
    /// ```
    ///
    /// A line that comes twice is added once; several pasted lines are that many. To go back to the page after it was
    /// sent finds the text again.
    ///
    /// - Parameters:
    ///   - title: the heading of the page.
    ///   - composition: what else is said on it, and how long the text gets.
    /// - Returns: the lines, with LF between them; `nil` when the visitor has discarded them.
    public func compose(_ title: String, _ composition: Composition = Composition()) async throws -> String? {
        if let text = try self.nextAnswer(as: String?.self) { return text }
        var draft = self.state.withLockedValue { $0.kept.record.draft(at: self.turn.step) }
        guard case .draft(let change, let revision, let input) = self.turn.kind else {
            throw self.interrupt(.respond(composition.page(title, draft, isFull: false, at: self.address)))
        }
        switch draft.perform(change, at: revision, input: input, limits: composition.limits) {
        case .ask:
            throw self.interrupt(.respond(InputRequired(composition.prompt).response))
        case .show:
            throw self.interrupt(.redirect(step: self.turn.step))
        case .keep:
            throw self.interrupt(.keep(draft))
        case .full:
            throw self.interrupt(.respond(composition.page(title, draft, isFull: true, at: self.address)))
        case .finish(let text):
            throw self.interrupt(.accept(.init(value: try ConversationJSON.text(text), isSensitive: false)))
        }
    }

    private func answer<Value: Codable & Sendable>(
        to question: Question,
        _ read: (String) async throws -> Value
    ) async throws -> Value {
        if let value = try self.nextAnswer(as: Value.self) { return value }
        switch self.turn.kind {
        case .read:
            throw self.interrupt(.respond(question.asked().response))
        case .draft:
            throw self.interrupt(.redirect(step: self.turn.step))
        case .answer(let text):
            let value: Value
            do {
                value = try await read(question.admit(text))
            } catch let error as any AnswerError {
                throw self.interrupt(.respond(question.asked(because: error.reason).response))
            } catch let error as InputRequired {
                throw self.interrupt(.respond(error.response))
            }
            throw self.interrupt(
                .accept(.init(value: try ConversationJSON.text(value), isSensitive: question.isSensitive))
            )
        }
    }

    /// The kept answer of the next question; `nil` when it is the one that the request is about.
    private func nextAnswer<Value: Decodable>(as type: Value.Type) throws -> Value? {
        let kept: String? = try self.state.withLockedValue { state in
            if let interruption = state.interruption { throw interruption }
            if let deed = state.deed { throw ConversationError.nested(deed) }
            state.asked += 1
            guard state.asked < self.turn.step else { return nil }
            return state.kept.record.answers[state.asked - 1].value
        }
        guard let kept else { return nil }
        guard let value = ConversationJSON.value(type, kept) else { throw self.misfit() }
        return value
    }

    private func misfit() -> ConversationInterruption {
        self.interrupt(.misfit(step: self.state.withLockedValue(\.asked)))
    }
}
