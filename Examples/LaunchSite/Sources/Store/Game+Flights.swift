import Canaveral
import GRDB

/// A flight as the hall has it.
struct LoggedFlight: Sendable, Codable, FetchableRecord, MutablePersistableRecord {
    static let databaseTableName = "flight"

    private(set) var id: Int64?
    /// The name that the pilot went by.
    let pilot: String
    let time: Int64
    let metres: Int
    let flight: Flight

    var number: Int64 { self.id ?? 0 }
    var moment: Timestamp { Timestamp(secondsSinceEpoch: self.time) }
    var title: String { "\(self.pilot) flew \(self.flight.rocket.name) to \(Height.text(self.metres))" }

    mutating func didInsert(_ inserted: InsertionSuccess) {
        self.id = inserted.rowID
    }
}

extension Game {
    /// Flies what stands on a pilot's pad. What is lost on the way goes to sea.
    func launch(
        of account: Account,
        in weather: Weather,
        chance: UInt64,
        at time: Timestamp
    ) async throws -> LoggedFlight {
        try await self.database.write { database in
            let flight = try database.change(account.id) { try $0.launch(in: weather, chance: chance) }
            for part in flight.lost { try Jetsam(id: nil, part: part, isAshore: false).insert(database) }
            let entry = LoggedFlight(
                id: nil,
                pilot: account.name,
                time: time.secondsSinceEpoch,
                metres: flight.metres,
                flight: flight
            )
            return try entry.inserted(database)
        }
    }

    func flight(_ number: Int64) async throws -> LoggedFlight? {
        try await self.database.read { try LoggedFlight.fetchOne($0, key: number) }
    }

    func latestFlights(_ count: Int) async throws -> [LoggedFlight] {
        try await self.flights(by: Column("id"), count)
    }

    func highestFlights(_ count: Int) async throws -> [LoggedFlight] {
        try await self.flights(by: Column("metres"), count)
    }

    private func flights(by column: Column, _ count: Int) async throws -> [LoggedFlight] {
        try await self.database.read { try LoggedFlight.order(column.desc).limit(count).fetchAll($0) }
    }
}
