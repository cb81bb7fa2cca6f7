import Canaveral
import GRDB

/// A letter from one pilot to another.
struct Letter: Sendable, Codable, FetchableRecord, PersistableRecord {
    let id: Int64?
    let recipient: String
    /// A name.
    let sender: String
    let time: Int64
    let text: String
    private(set) var isRead = false

    init(to recipient: Account.ID, from sender: String, _ text: String, at time: Timestamp) {
        self.id = nil
        self.recipient = recipient.description
        self.sender = sender
        self.time = time.secondsSinceEpoch
        self.text = text
    }

    var date: String { Timestamp(secondsSinceEpoch: self.time).date }
}

extension Game {
    func send(_ letter: Letter) async throws {
        try await self.database.write { try letter.insert($0) }
    }

    /// The latest first.
    func letters(to pilot: Account.ID, limit: Int = 50) async throws -> [Letter] {
        try await self.database.read { database in
            try Self.letters(to: pilot).order(Column("id").desc).limit(limit).fetchAll(database)
        }
    }

    func unreadLetters(to pilot: Account.ID) async throws -> Int {
        try await self.database.read { try Self.letters(to: pilot).filter(Column("isRead") == false).fetchCount($0) }
    }

    /// Opens a letter.
    func letter(_ id: Int64, to pilot: Account.ID) async throws -> Letter? {
        try await self.database.write { database in
            let letter = Self.letters(to: pilot).filter(key: id)
            _ = try letter.updateAll(database, Column("isRead").set(to: true))
            return try letter.fetchOne(database)
        }
    }

    func burn(_ id: Int64, of pilot: Account.ID) async throws {
        _ = try await self.database.write { try Self.letters(to: pilot).filter(key: id).deleteAll($0) }
    }

    private static func letters(to pilot: Account.ID) -> QueryInterfaceRequest<Letter> {
        Letter.filter(Column("recipient") == pilot.description)
    }
}
