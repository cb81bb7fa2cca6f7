import GeminiProtocol
import GeminiServer

/// Reads and writes the record of one conversation.
struct ConversationKeeper: Sendable {
    /// A record as it was read, or as it was made and not written yet.
    struct Kept: Sendable {
        var record: ConversationRecord
        var version: StoreVersion?
    }

    /// There is no room for another conversation.
    struct Full: ResponseError {
        var response: Response {
            .failure(.serverUnavailable, "Too many visitors are in the middle of this. Please try again later.")
        }
    }

    let store: any Store
    let key: StoreKey
    let options: ConversationOptions
    let environment: AppEnvironment
    let room: ConversationRoom
    /// What the identifiers of the route's conversations begin with.
    let prefix: String

    var now: Timestamp {
        self.environment.now()
    }

    func load() async throws -> Kept? {
        guard let entry = try await self.store.read(self.key) else { return nil }
        // A record that another version of the framework wrote is none.
        guard let record = try? StoreCoding.value(ConversationRecord.self, from: entry.value, for: self.key) else {
            return nil
        }
        return Kept(record: record, version: entry.version)
    }

    /// Writes a record in the place of another one.
    ///
    /// - Returns: what was written; `nil`, with nothing changed, when another request was faster.
    /// - Throws: ``Full``, ``ConversationError/tooLarge(limit:)``, ``StoreError``.
    func write(_ record: ConversationRecord, over kept: Kept?) async throws -> Kept? {
        var transaction = StoreTransaction()
        transaction.require(self.key, is: kept?.version)
        transaction.write(try self.item(record), to: self.key)
        if kept?.version == nil, try await !self.hasRoom() { throw Full() }
        do {
            guard try await self.store.commit(transaction) else { return nil }
        } catch StoreError.full {
            throw Full()
        }
        guard let written = try await self.load(), written.record == record else { return nil }
        return written
    }

    /// The record as it is kept.
    func item(_ record: ConversationRecord) throws -> StoreItem {
        let bytes = try StoreCoding.bytes(of: record, for: self.key)
        guard bytes.count <= self.options.maximumBytes else {
            throw ConversationError.tooLarge(limit: self.options.maximumBytes)
        }
        return StoreItem(bytes, expires: self.now + self.options.timeout)
    }

    private func hasRoom() async throws -> Bool {
        try await self.room.enter(
            self.options.maximumCount,
            prefix: self.prefix,
            of: self.store,
            uptime: self.environment.uptime()
        )
    }
}
