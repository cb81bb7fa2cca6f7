import GeminiServer
import NIOConcurrencyHelpers

extension Conversation {
    /// Does something once in this conversation, and from then on returns what came of it.
    ///
    /// ```swift
    /// let number = try await talk.once("register") { try await members.add(name) }
    /// ```
    ///
    /// What it guarantees:
    /// - When it has returned, it is not run again in this conversation. Answers given before it cannot be changed any
    ///   more.
    /// - It never runs in two requests at a time; who comes meanwhile is told to wait (44).
    /// - It is not interrupted by the visitor's leaving.
    /// - When it throws, nothing is remembered, and the next request runs it again.
    /// - When the process ends between its effect and its being remembered, or it takes longer than
    ///   ``ConversationOptions/deedTimeout``, it runs again: at least once, then. Where that matters, have the effect
    ///   recognised by ``id``, or use `transaction`.
    ///
    /// - Parameters:
    ///   - name: tells it from other deeds of the conversation. Within a loop, make it of the loop's variable.
    ///   - body: does it. It asks nothing.
    public func once<Value: Codable & Sendable>(
        _ name: String,
        _ body: @escaping @Sendable () async throws -> Value
    ) async throws -> Value {
        if let value = try self.result(of: name, as: Value.self) { return value }
        let claim = ConversationRecord.Claim(
            name: name,
            id: self.keeper.environment.makeID(),
            after: self.state.withLockedValue(\.asked),
            lapses: (self.keeper.now + self.keeper.options.deedTimeout).secondsSinceEpoch
        )
        try await self.take(claim)
        self.state.withLockedValue { $0.deed = name }
        defer { self.state.withLockedValue { $0.deed = nil } }
        // A task of its own, which the end of the request's task does not cancel.
        return try await Task {
            do {
                let value = try await body()
                let deed = ConversationRecord.Deed(result: try ConversationJSON.text(value), after: claim.after)
                try await self.amendRecord { record in
                    guard record.claim?.id == claim.id else { throw self.interrupt(.overtaken) }
                    record.release(claim.id)
                    record.record(deed, as: name)
                }
                return value
            } catch {
                try await self.amendRecord { $0.release(claim.id) }
                throw error
            }
        }.value
    }

    /// Does something once in this conversation.
    public func once(_ name: String, _ body: @escaping @Sendable () async throws -> Void) async throws {
        _ = try await self.once(name) {
            try await body()
            return Done()
        }
    }

    /// Changes the capsule's store once in this conversation: exactly once, whatever happens, since that it was done is
    /// kept in the same transaction as what was done.
    ///
    /// ```swift
    /// try await talk.transaction("buy") { transaction in
    ///     let seeds = try await transaction.read(purse, as: Int.self) ?? 0
    ///     guard seeds >= price else { throw TooExpensive() }
    ///     try await transaction.write(seeds - price, to: purse, expires: .never)
    /// }
    /// ```
    ///
    /// Otherwise it is as `once`.
    ///
    /// - Parameters:
    ///   - name: tells it from other deeds of the conversation.
    ///   - body: reads and changes the store, and nothing else: it may run more than once before it succeeds.
    public func transaction<Value: Codable & Sendable>(
        _ name: String,
        _ body: (inout OpenTransaction) async throws -> Value
    ) async throws -> Value {
        if let value = try self.result(of: name, as: Value.self) { return value }
        let after = self.state.withLockedValue(\.asked)
        if self.state.withLockedValue({ $0.kept.version == nil }) { try await self.write { _ in } }
        self.state.withLockedValue { $0.deed = name }
        defer { self.state.withLockedValue { $0.deed = nil } }
        return try await self.amend { record, transaction in
            // Another request has done it, and the next run knows.
            guard record.deeds[name] == nil else { throw self.interrupt(.overtaken) }
            if let seconds = record.wait(now: self.keeper.now) { throw self.interrupt(.wait(seconds)) }
            let value = try await body(&transaction)
            record.record(.init(result: try ConversationJSON.text(value), after: after), as: name)
            return value
        }
    }

    /// Changes the capsule's store once in this conversation.
    public func transaction(_ name: String, _ body: (inout OpenTransaction) async throws -> Void) async throws {
        _ = try await self.transaction(name) { transaction in
            try await body(&transaction)
            return Done()
        }
    }

    /// What came of something; `nil` when it was not done yet.
    private func result<Value: Decodable>(of name: String, as type: Value.Type) throws -> Value? {
        let result: String? = try self.state.withLockedValue { state in
            if let interruption = state.interruption { throw interruption }
            if let deed = state.deed { throw ConversationError.nested(deed) }
            return state.kept.record.deeds[name]?.result
        }
        guard let result else { return nil }
        return try StoreCoding.value(type, from: Array(result.utf8), for: self.keeper.key)
    }

    private func take(_ claim: ConversationRecord.Claim) async throws {
        try await self.write { record in
            if case .wait(let seconds) = record.claim(claim, now: self.keeper.now) {
                throw self.interrupt(.wait(seconds))
            }
        }
    }

    /// Changes the record as this run knows it.
    private func write(_ change: (inout ConversationRecord) throws -> Void) async throws {
        let kept = self.state.withLockedValue(\.kept)
        var record = kept.record
        try change(&record)
        guard let written = try await self.keeper.write(record, over: kept) else { throw self.interrupt(.overtaken) }
        self.state.withLockedValue { $0.kept = written }
    }

    private func amendRecord(_ change: (inout ConversationRecord) throws -> Void) async throws {
        try await self.amend { record, _ in try change(&record) }
    }

    /// Changes the record as it is now, if it is still that of this conversation.
    private func amend<Result>(
        _ change: (inout ConversationRecord, inout OpenTransaction) async throws -> Result
    ) async throws -> Result {
        let known = self.state.withLockedValue(\.kept.record)
        let (asked, keeper) = (self.state.withLockedValue(\.asked), self.keeper)
        let result = try await keeper.store.transaction { transaction in
            guard var record = try await transaction.read(keeper.key, as: ConversationRecord.self),
                record.id == known.id, record.answers.prefix(asked) == known.answers.prefix(asked)
            else { throw self.interrupt(.overtaken) }
            let result = try await change(&record, &transaction)
            transaction.write(try keeper.item(record), to: keeper.key)
            return result
        }
        // Somebody may have gone back meanwhile: the run needs all answers before its step as it knows them.
        let replayed = self.turn.step - 1
        guard let kept = try await keeper.load(), kept.record.id == known.id,
            kept.record.answers.prefix(replayed) == known.answers.prefix(replayed)
        else { throw self.interrupt(.overtaken) }
        self.state.withLockedValue { $0.kept = kept }
        return result
    }
}

/// What comes of a deed that has no result.
private struct Done: Codable, Sendable {}

extension ConversationInterruption {
    fileprivate static func wait(_ seconds: Int64) -> ConversationInterruption {
        .respond(.failure(.slowDown, "\(max(1, seconds))"))
    }
}
