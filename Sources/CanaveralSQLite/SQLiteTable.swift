#if SQLite
import Canaveral
import Foundation
import GRDB

/// The store's entries in a transaction of the database.
struct SQLiteTable {
    private let database: Database
    private let now: Int64

    init(_ database: Database, now: Timestamp) {
        self.database = database
        self.now = now.secondsSinceEpoch
    }

    func read(_ key: StoreKey) throws -> StoreEntry? {
        let statement = try self.database.cachedStatement(
            sql: """
                SELECT value, version, expires FROM canaveral_entry
                WHERE space = CAST(? AS TEXT) AND id = CAST(? AS TEXT) AND (expires IS NULL OR expires > ?)
                """
        )
        guard let row = try Row.fetchOne(statement, arguments: [key.space.bytes, key.id.bytes, self.now]) else {
            return nil
        }
        let expires: Int64? = row[2]
        return StoreEntry(
            StoreItem([UInt8](row[0] as Data), expires: expires.map(Timestamp.init(secondsSinceEpoch:))),
            version: StoreVersion(number: row[1])
        )
    }

    func holds(_ conditions: [StoreKey: StoreTransaction.Condition]) throws -> Bool {
        let statement = try self.database.cachedStatement(
            sql: """
                SELECT version FROM canaveral_entry
                WHERE space = CAST(? AS TEXT) AND id = CAST(? AS TEXT) AND (expires IS NULL OR expires > ?)
                """
        )
        return try conditions.allSatisfy { key, condition in
            let version = try Int64.fetchOne(statement, arguments: [key.space.bytes, key.id.bytes, self.now])
            return switch condition {
            case .absent: version == nil
            case .version(let expected): version == expected.number
            }
        }
    }

    func carryOut(_ changes: [StoreKey: StoreTransaction.Change]) throws {
        guard !changes.isEmpty else { return }
        let write = try self.database.cachedStatement(
            sql: """
                INSERT INTO canaveral_entry (space, id, value, version, expires)
                VALUES (CAST(? AS TEXT), CAST(? AS TEXT), ?, ?, ?)
                ON CONFLICT (space, id) DO UPDATE
                SET value = excluded.value, version = excluded.version, expires = excluded.expires
                """
        )
        let delete = try self.database.cachedStatement(
            sql: "DELETE FROM canaveral_entry WHERE space = CAST(? AS TEXT) AND id = CAST(? AS TEXT)"
        )
        let version = try self.nextVersion()
        for (key, change) in changes {
            switch change {
            case .write(let item):
                try write.execute(arguments: [
                    key.space.bytes, key.id.bytes, Data(item.value), version, item.expires?.secondsSinceEpoch,
                ])
            case .delete:
                try delete.execute(arguments: [key.space.bytes, key.id.bytes])
            }
        }
    }

    func keys(in space: String, prefix: String, after id: String?, limit: Int) throws -> [StoreKey] {
        guard limit > 0 else { return [] }
        let first = [prefix, id ?? ""].max { $0.utf8.lexicographicallyPrecedes($1.utf8) } ?? prefix
        let end = Self.end(ofPrefix: prefix)
        let statement = try self.database.cachedStatement(
            sql: """
                SELECT CAST(id AS BLOB) FROM canaveral_entry
                WHERE space = CAST(:space AS TEXT) AND id >= CAST(:first AS TEXT)
                \(end == nil ? "" : "AND id < CAST(:end AS TEXT)")
                AND (:after IS NULL OR id > CAST(:after AS TEXT))
                AND (expires IS NULL OR expires > :now)
                ORDER BY id LIMIT :limit
                """
        )
        var arguments: StatementArguments = [
            "space": space.bytes, "first": first.bytes, "after": id?.bytes, "now": self.now, "limit": limit,
        ]
        if let end { arguments += ["end": Data(end)] }
        let ids = try Data.fetchAll(statement, arguments: arguments)
        return ids.map { StoreKey(space: space, id: String(decoding: $0, as: UTF8.self)) }
    }

    @discardableResult
    func removeExpired(atMost limit: Int) throws -> Int {
        let statement = try self.database.cachedStatement(
            sql: """
                DELETE FROM canaveral_entry WHERE rowid IN (
                    SELECT rowid FROM canaveral_entry WHERE expires <= ? ORDER BY expires LIMIT ?
                )
                """
        )
        try statement.execute(arguments: [self.now, limit])
        return self.database.changesCount
    }

    /// The first bytes behind all texts with the prefix; `nil` when all texts have it.
    private static func end(ofPrefix prefix: String) -> [UInt8]? {
        // No byte of UTF-8 is 255.
        var end = Array(prefix.utf8)
        guard let last = end.popLast() else { return nil }
        return end + [last + 1]
    }

    /// The number of this transaction, which no earlier one of any process has.
    private func nextVersion() throws -> Int64 {
        try self.database.execute(sql: "UPDATE canaveral_version SET last = last + 1")
        guard let version = try Int64.fetchOne(self.database, sql: "SELECT last FROM canaveral_version") else {
            throw DatabaseError(resultCode: .SQLITE_CORRUPT, message: "canaveral_version is empty")
        }
        return version
    }
}

extension String {
    /// Bound as bytes, since text that is bound as text ends at its first zero byte.
    fileprivate var bytes: Data { Data(self.utf8) }
}
#endif
