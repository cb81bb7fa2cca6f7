import Canaveral
import GRDB

/// A part of a rocket that fell into the sea, or lies on the beach.
struct Jetsam: Sendable, Codable, FetchableRecord, PersistableRecord {
    let id: Int64?
    let part: Part
    var isAshore: Bool

    var number: Int64 { self.id ?? 0 }
}

extension Game {
    static let roomOnTheBeach = 12

    func beach() async throws -> [Jetsam] {
        try await self.database.read { try Jetsam.filter(Column("isAshore") == true).order(Column("id")).fetchAll($0) }
    }

    /// Brings one of the lost parts ashore; where none is lost, an old tank, such as there have always been.
    func tide(_ chance: UInt64) async throws {
        try await self.database.write { database in
            let ashore = try Jetsam.filter(Column("isAshore") == true).fetchCount(database)
            guard ashore < Self.roomOnTheBeach else { return }
            let sea = Jetsam.filter(Column("isAshore") == false)
            let count = try sea.fetchCount(database)
            guard count > 0 else {
                return try Jetsam(id: nil, part: .tank, isAshore: true).insert(database)
            }
            var found = try sea.limit(1, offset: Int(chance % UInt64(count))).fetchOne(database)
            found?.isAshore = true
            try found?.update(database)
        }
    }

    /// Picks something up, unless somebody else was first.
    func pickUp(_ number: Int64, for pilot: Account.ID) async throws -> Part {
        try await self.database.write { database in
            guard let found = try Jetsam.fetchOne(database, key: number), found.isAshore,
                try found.delete(database)
            else { throw Refusal("Only footprints. Somebody was here before you.") }
            try database.change(pilot) { $0.add([found.part]) }
            return found.part
        }
    }
}
