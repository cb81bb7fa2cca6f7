import GeminiServer

extension RequestContext {
    /// What the visitor typed, or else the question.
    ///
    /// ```swift
    /// routes.page("/hello") { context in
    ///     let name = try context.input("What is your name?")
    ///     return .gemtext("# Hello, \(name)")
    /// }
    /// ```
    ///
    /// Line breaks in it are LF, however the client sent them (GP-103).
    ///
    /// - Parameters:
    ///   - prompt: the question; line breaks in it become spaces, and it is cut at 1,024 bytes.
    ///   - sensitive: whether the client should neither show nor keep what is typed (11).
    ///   - allowsEmpty: whether a blank answer is one. Otherwise the question is asked again.
    /// - Throws: ``InputRequired`` where the address has no query, and `RequestInputError` for one that is
    ///   no UTF-8 (59): both are answers.
    public func input(_ prompt: String, sensitive: Bool = false, allowsEmpty: Bool = false) throws -> String {
        try self.input(prompt, sensitive: sensitive, allowsEmpty: allowsEmpty) { $0 }
    }

    /// What the visitor typed as a value, or else the question.
    ///
    /// ```swift
    /// let age = try context.input("How old are you?") { text in
    ///     guard let age = Int(text), age >= 0 else { throw Invalid("That is no number.") }
    ///     return age
    /// }
    /// ```
    ///
    /// - Parameters:
    ///   - prompt: the question.
    ///   - sensitive: whether the client should neither show nor keep what is typed (11).
    ///   - allowsEmpty: whether a blank answer is one.
    ///   - read: makes the value; ``Invalid`` has the question asked again, beginning with the reason.
    /// - Throws: as `input(_:sensitive:allowsEmpty:)`, and what else `read` throws.
    public func input<Value>(
        _ prompt: String,
        sensitive: Bool = false,
        allowsEmpty: Bool = false,
        _ read: (String) throws -> Value
    ) throws -> Value {
        try self.answer(to: Question(prompt: prompt, isSensitive: sensitive, allowsEmpty: allowsEmpty), read)
    }

    /// What the visitor typed as a value of a type that is written as text, or else the question.
    ///
    /// ```swift
    /// let count = try context.input("How many?", as: Int.self)
    /// ```
    ///
    /// White space around it does not count.
    public func input<Value: LosslessStringConvertible>(
        _ prompt: String,
        as type: Value.Type,
        sensitive: Bool = false
    ) throws -> Value {
        try self.input(prompt, sensitive: sensitive, LosslessReading<Value>().read)
    }

    /// Whether the visitor says yes, or else the question, to which the words are appended: "Delete it? (yes/no)".
    ///
    /// ```swift
    /// guard try context.confirm("Delete everything?") else { return .redirect(to: home()) }
    /// ```
    ///
    /// The words' first letters do as well, and nothing at all is a no; anything else is asked again. Whoever follows a
    /// link to `/delete?yes`, wherever it stands, has said yes: what must not be done by mistake belongs into a
    /// conversation, which only takes answers to questions that it has put.
    public func confirm(_ prompt: String, yes: String = "yes", no: String = "no") throws -> Bool {
        let confirmation = Confirmation(yes: yes, no: no)
        return try self.answer(to: confirmation.question(prompt), confirmation.read)
    }

    /// Which of some words the visitor typed, or else the question, to which the words are appended.
    ///
    /// As much of a word's beginning as no other has is enough.
    public func choice(_ prompt: String, of words: [String]) throws -> String {
        let choice = WordChoice(words: words)
        return try words[self.answer(to: choice.question(prompt), choice.read)]
    }

    /// Which of the cases of a type the visitor typed, or else the question, to which they are appended.
    ///
    /// ```swift
    /// enum Colour: String, CaseIterable { case red, green, blue }
    ///
    /// let colour = try context.choice("Which colour?", of: Colour.self)
    /// ```
    public func choice<Choice: CaseIterable & RawRepresentable<String>>(
        _ prompt: String,
        of type: Choice.Type
    ) throws -> Choice {
        let choices = Array(Choice.allCases)
        let choice = WordChoice(words: choices.map(\.rawValue))
        return try choices[self.answer(to: choice.question(prompt), choice.read)]
    }

    private func answer<Value>(to question: Question, _ read: (String) throws -> Value) throws -> Value {
        guard let text = try self.request.input() else { throw question.asked() }
        do {
            return try read(question.admit(text))
        } catch let error as any AnswerError {
            throw question.asked(because: error.reason)
        }
    }
}
