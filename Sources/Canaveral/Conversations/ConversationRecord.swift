import GeminiProtocol

/// Where a conversation stands: what is kept of it between two requests.
///
/// Steps count from 1: a question has the step of its answer, and the last page has the one behind all answers.
struct ConversationRecord: Codable, Sendable, Hashable {
    struct Answer: Codable, Sendable, Hashable {
        /// What was made of the answer, as JSON.
        let value: String
        let isSensitive: Bool
    }

    /// Something that was done once.
    struct Deed: Codable, Sendable, Hashable {
        /// Its result as JSON.
        let result: String
        /// How many answers had been given.
        let after: Int
    }

    /// Something that is being done.
    struct Claim: Codable, Sendable, Hashable {
        let name: String
        let id: String
        let after: Int
        /// In seconds since 1970, when it counts as interrupted.
        let lapses: Int64
    }

    struct End: Codable, Sendable, Hashable {
        let step: Int
        /// `nil` where it cannot be kept, so that it has to be made anew.
        let response: KeptResponse?
    }

    /// Unlike that of any other conversation.
    let id: String
    private(set) var answers: [Answer] = []
    private(set) var deeds: [String: Deed] = [:]
    private(set) var claim: Claim?
    private(set) var end: End?
    private var draft: Draft?

    init(id: String) {
        self.id = id
    }

    /// Where the conversation goes on.
    var current: Int {
        self.end?.step ?? self.answers.count + 1
    }

    /// Answers up to this one are what something was done by, or is being done, and stay.
    private func barrier(at now: Timestamp) -> Int {
        let done = self.deeds.values.map(\.after).max() ?? 0
        return max(done, self.liveClaim(at: now)?.after ?? 0)
    }

    private func liveClaim(at now: Timestamp) -> Claim? {
        self.claim.flatMap { now.secondsSinceEpoch < $0.lapses ? $0 : nil }
    }

    // MARK: Steps

    enum VisitAction: Equatable {
        /// Go elsewhere.
        case redirect(step: Int)
        /// Show what is kept.
        case show(KeptResponse)
        /// Run with the answers before the step.
        case run
    }

    /// Somebody comes to a step, with an answer or without.
    func visit(_ step: Int, now: Timestamp) -> VisitAction {
        if let end, end.step == step {
            return end.response.map { .show($0) } ?? .run
        }
        guard step > self.barrier(at: now), step <= self.answers.count + 1 else {
            return .redirect(step: self.current)
        }
        return .run
    }

    /// Takes the answer of a step that may be visited. One that says the same as before changes nothing; another one
    /// takes the conversation back to there.
    mutating func accept(_ answer: Answer, at step: Int) {
        if step <= self.answers.count, self.answers[step - 1] == answer {
            self.draft = nil
            return
        }
        self.goBack(to: step)
        self.answers.append(answer)
    }

    /// Forgets the answers from a step on.
    mutating func goBack(to step: Int) {
        self.answers.removeSubrange((step - 1)...)
        self.end = nil
        self.draft = nil
    }

    /// Whether the answer of a step may be forgotten.
    func mayGoBack(to step: Int, now: Timestamp) -> Bool {
        step > self.barrier(at: now)
    }

    /// The conversation has come to its last page. Sensitive answers, and what was said after the first, go, unless they
    /// are needed to make the page anew.
    mutating func finish(at step: Int, with response: KeptResponse?) {
        self.goBack(to: min(step, self.answers.count + 1))
        self.end = End(step: step, response: response)
        if response != nil, let sensitive = self.answers.firstIndex(where: \.isSensitive) {
            self.answers.removeSubrange(sensitive...)
        }
    }

    // MARK: Deeds

    enum ClaimAction: Equatable {
        /// It is being done, or another thing is, until this many seconds from now at the latest.
        case wait(seconds: Int64)
        case perform
    }

    /// Somebody is about to do something.
    mutating func claim(_ claim: Claim, now: Timestamp) -> ClaimAction {
        if let other = self.liveClaim(at: now) {
            return .wait(seconds: other.lapses - now.secondsSinceEpoch)
        }
        self.claim = claim
        return .perform
    }

    /// How long something that is being done may still take.
    func wait(now: Timestamp) -> Int64? {
        self.liveClaim(at: now).map { $0.lapses - now.secondsSinceEpoch }
    }

    /// What was claimed is not being done any more.
    mutating func release(_ id: String) {
        if self.claim?.id == id { self.claim = nil }
    }

    /// It is done.
    mutating func record(_ deed: Deed, as name: String) {
        self.deeds[name] = deed
    }

    // MARK: Drafts

    /// The text being composed at a step; one that goes back to it finds what was sent before.
    func draft(at step: Int) -> Draft {
        if let draft, draft.step == step { return draft }
        let sent = step <= self.answers.count ? self.answers[step - 1].value : nil
        return Draft(step: step, text: sent.flatMap { ConversationJSON.value(String?.self, $0) } ?? nil)
    }

    mutating func keep(_ draft: Draft) {
        self.draft = draft
    }
}
