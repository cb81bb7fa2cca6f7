#if SQLite
public import Canaveral
import GeminiTLS
public import GRDB

/// A ``Store`` in a SQLite file, which outlives the process and may be shared by several on one machine.
///
/// ```swift
/// let store = try SQLiteStore(path: "/var/lib/capsule/state.sqlite")
/// try store.database.write { database in
///     try database.create(table: "rocket", ifNotExists: true) { $0.autoIncrementedPrimaryKey("id") }
/// }
/// ```
///
/// A transaction that has been carried out survives the end of the process, however it ends. After a loss of power the
/// last ones may be missing; the file is whole in any case.
///
/// What has expired is removed by and by as others write; ``removeExpired()`` does it at once.
///
/// Usable from any thread. Reads and writes wait on threads of the database's own.
public struct SQLiteStore: Store {
    /// The file's connections, for the tables of an application. Those whose names begin with `canaveral_` are the store's.
    public let database: DatabasePool
    private let now: @Sendable () -> Timestamp
    private let sweep = Sweep()

    /// Opens a file, or makes it, readable and writable by the user only. Its folder must exist.
    ///
    /// - Parameters:
    ///   - path: where the file is. SQLite keeps two more beside it, whose names end in `-wal` and `-shm`.
    ///   - busyTimeout: how long a write waits for those of other processes, in seconds, before it fails.
    ///   - now: the time that expiry goes by; `nil` for the system's.
    /// - Throws: ``StoreError/unavailable(_:)`` when the file cannot be opened or is none of SQLite's.
    public init(path: String, busyTimeout: Double = 10, now: (@Sendable () -> Timestamp)? = nil) throws {
        try SQLiteFile.create(at: path)
        var configuration = Configuration()
        configuration.label = "canaveral"
        configuration.busyMode = .timeout(busyTimeout)
        let database = try Self.naming(path) { try SQLiteFile.pool(at: path, configuration: configuration) }
        try self.init(database: database, now: now)
    }

    /// Keeps the state in a database that the application has opened, with a configuration of its own.
    ///
    /// - Parameters:
    ///   - database: the database. Give it a busy mode when other processes open the same file.
    ///   - now: the time that expiry goes by; `nil` for the system's.
    /// - Throws: ``StoreError/unavailable(_:)`` when the tables cannot be made.
    public init(database: DatabasePool, now: (@Sendable () -> Timestamp)? = nil) throws {
        self.database = database
        self.now = now ?? { Timestamp.now }
        try Self.naming(database.path) { try SQLiteSchema.prepare(database) }
    }

    public func read(_ key: StoreKey) async throws -> StoreEntry? {
        let now = self.now()
        return try await self.naming { try await self.database.read { try SQLiteTable($0, now: now).read(key) } }
    }

    /// - Throws: ``StoreError/full(_:)`` when the disk has no room, ``StoreError/unavailable(_:)`` when the database fails.
    public func commit(_ transaction: StoreTransaction) async throws -> Bool {
        let now = self.now()
        let sweeps = self.sweep.isDue(at: now)
        return try await self.naming {
            try await self.database.write { database in
                let table = SQLiteTable(database, now: now)
                guard try table.holds(transaction.conditions) else { return false }
                try table.carryOut(transaction.changes)
                if sweeps { try table.removeExpired(atMost: Sweep.size) }
                return true
            }
        }
    }

    public func keys(in space: String, prefix: String, after id: String?, limit: Int) async throws -> [StoreKey] {
        let now = self.now()
        return try await self.naming {
            try await self.database.read {
                try SQLiteTable($0, now: now).keys(in: space, prefix: prefix, after: id, limit: limit)
            }
        }
    }

    @discardableResult
    public func removeExpired() async throws -> Int {
        let now = self.now()
        var total = 0
        // In parts, so that others get to write in between.
        while true {
            let removed = try await self.naming {
                try await self.database.write { try SQLiteTable($0, now: now).removeExpired(atMost: Sweep.size) }
            }
            total += removed
            guard removed == Sweep.size else { return total }
            try Task.checkCancellation()
        }
    }

    private func naming<Result>(_ work: () async throws -> Result) async throws -> Result {
        do {
            return try await work()
        } catch let error as DatabaseError {
            throw StoreError(error, path: self.database.path)
        }
    }

    private static func naming<Result>(_ path: String, _ work: () throws -> Result) throws -> Result {
        do {
            return try work()
        } catch let error as DatabaseError {
            throw StoreError(error, path: path)
        }
    }
}
#endif
