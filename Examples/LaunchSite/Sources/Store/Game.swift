import Canaveral
import GRDB

/// The state of the game, in tables of its own beside the accounts. What several pilots may want at once is one
/// transaction, and the rules within it are those of ``Hangar``.
struct Game: Sendable {
    let database: DatabasePool

    init(in database: DatabasePool) throws {
        self.database = database
        var migrator = DatabaseMigrator()
        migrator.registerMigration("The first rockets") { database in
            try database.create(table: Hangar.databaseTableName) { table in
                table.primaryKey("pilot", .text)
                for column in ["fuel", "crates", "shells"] { table.column(column, .integer).notNull() }
                table.column("parts", .text).notNull()
                table.column("rocket", .text)
            }
            try database.create(table: LoggedFlight.databaseTableName) { table in
                table.autoIncrementedPrimaryKey("id")
                table.column("pilot", .text).notNull()
                table.column("time", .integer).notNull()
                table.column("metres", .integer).notNull().indexed()
                table.column("flight", .text).notNull()
            }
            try database.create(table: Letter.databaseTableName) { table in
                table.autoIncrementedPrimaryKey("id")
                table.column("recipient", .text).notNull().indexed()
                table.column("sender", .text).notNull()
                table.column("time", .integer).notNull()
                table.column("text", .text).notNull()
                table.column("isRead", .boolean).notNull()
            }
            try database.create(table: Jetsam.databaseTableName) { table in
                table.autoIncrementedPrimaryKey("id")
                table.column("part", .text).notNull()
                table.column("isAshore", .boolean).notNull()
            }
        }
        try migrator.migrate(database)
    }

    func hangar(of pilot: Account.ID) async throws -> Hangar {
        try await self.database.read { try $0.hangar(of: pilot) }
    }

    /// Has a pilot do something.
    func change<Result: Sendable>(
        _ pilot: Account.ID,
        _ change: @escaping @Sendable (inout Hangar) throws -> Result
    ) async throws -> Result {
        try await self.database.write { try $0.change(pilot, change) }
    }

    func give(_ part: Part, from giver: Account, to taker: Account.ID, at time: Timestamp) async throws {
        try await self.database.write { database in
            try database.change(giver.id) { try $0.take([part]) }
            try database.change(taker) { $0.add([part]) }
            let text = "A parcel, wrapped in newspaper, and in it: \(part.rawValue). For your rocket!"
            try Letter(to: taker, from: giver.name, text, at: time).insert(database)
        }
    }

    /// A new day, for all.
    func dawn() async throws {
        try await self.database.write { database in
            for var hangar in try Hangar.fetchAll(database) {
                hangar.dawn()
                try hangar.update(database)
            }
        }
    }

    /// Forgets a pilot. The hall does not.
    func remove(_ pilot: Account.ID) async throws {
        try await self.database.write { database in
            _ = try Hangar.deleteOne(database, key: pilot.description)
            _ = try Letter.filter(Column("recipient") == pilot.description).deleteAll(database)
        }
    }
}

extension Hangar: FetchableRecord, PersistableRecord {}

extension Database {
    func hangar(of pilot: Account.ID) throws -> Hangar {
        try Hangar.fetchOne(self, key: pilot.description) ?? Hangar(pilot: pilot.description)
    }

    @discardableResult
    func change<Result>(_ pilot: Account.ID, _ change: (inout Hangar) throws -> Result) throws -> Result {
        var hangar = try self.hangar(of: pilot)
        let result = try change(&hangar)
        try hangar.save(self)
        return result
    }
}
