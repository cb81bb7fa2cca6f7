#if SQLite
import Canaveral
import CanaveralSQLite
import Foundation
import GRDB
import StoreConformance
import TestSupport
import Testing

@Suite("SQLite store")
struct SQLiteStoreTests {
    private let clock = TestClock()
    private let folder: TemporaryDirectory

    init() throws {
        self.folder = try TemporaryDirectory()
    }

    private func store(_ name: String = "state.sqlite") throws -> SQLiteStore {
        try SQLiteStore(path: self.folder.path(name)) { [clock] in clock.now }
    }

    @Test("Is a store:", arguments: StoreRule.all)
    func conformance(rule: StoreRule) async throws {
        try await rule.check(try self.store(), self.clock)
    }

    @Test("What was kept is there when the file is opened again")
    func reopening() async throws {
        let key = StoreKey(space: "s", id: "1")
        let store = try self.store()
        try await store.write("kept", to: key)
        let version = try await store.read(key)?.version
        try store.database.close()
        let again = try self.store()
        #expect(try await again.read(key, as: String.self) == "kept")
        #expect(try await again.read(key)?.version == version)
    }

    @Test("The file, and those beside it, are the user's only; the folder must be there")
    func mode() async throws {
        let store = try self.store()
        try await store.write(1, to: StoreKey(space: "s", id: "1"))
        for name in ["state.sqlite", "state.sqlite-wal", "state.sqlite-shm"] {
            let attributes = try FileManager.default.attributesOfItem(atPath: self.folder.path(name))
            #expect(attributes[.posixPermissions] as? Int == 0o600, "\(name)")
        }
        let error = #expect(throws: StoreError.self) { try self.store("missing/state.sqlite") }
        #expect(
            error?.description.hasSuffix("missing/state.sqlite cannot be opened: No such file or directory.") == true
        )
    }

    @Test("A file that is none of SQLite's is an error that says so")
    func foreignFile() throws {
        try self.folder.write(String(repeating: "not a database. ", count: 100), to: "state.sqlite")
        let error = #expect(throws: StoreError.self) { try self.store() }
        #expect(error?.description.contains("is not a whole SQLite file") == true)
    }

    @Test("A file of a later release is left alone")
    func laterRelease() async throws {
        let store = try self.store()
        try await store.database.write { try $0.execute(sql: "UPDATE canaveral_schema SET version = 99") }
        let error = #expect(throws: StoreError.self) { try self.store() }
        #expect(error?.description.contains("was written by a later release") == true)
    }

    @Test("An application keeps its own tables in the same file, with migrations of its own")
    func ownTables() async throws {
        var migrator = DatabaseMigrator()
        migrator.registerMigration("rockets") { database in
            try database.create(table: "rocket") { table in
                table.primaryKey("name", .text)
            }
        }
        let store = try self.store()
        try migrator.migrate(store.database)
        try await store.database.write { try $0.execute(sql: "INSERT INTO rocket VALUES ('Redstone')") }
        try store.database.close()
        let again = try self.store()
        try migrator.migrate(again.database)
        let migrations = migrator
        #expect(try await again.database.read { try String.fetchOne($0, sql: "SELECT name FROM rocket") } == "Redstone")
        #expect(try await again.database.read { try migrations.hasBeenSuperseded($0) } == false)
    }

    @Test("A full disk is the error of a full store, and changes nothing")
    func fullDisk() async throws {
        let store = try self.store()
        let key = StoreKey(space: "s", id: "1")
        try await store.write(1, to: key)
        try await store.database.write { try $0.execute(sql: "PRAGMA max_page_count = 20") }
        let error = await #expect(throws: StoreError.self) {
            var transaction = StoreTransaction()
            transaction.write(StoreItem([2]), to: key)
            transaction.write(StoreItem(Array(repeating: 0, count: 1 << 20)), to: StoreKey(space: "s", id: "2"))
            _ = try await store.commit(transaction)
        }
        guard case .full = error else {
            Issue.record("\(String(describing: error))")
            return
        }
        #expect(try await store.read(key, as: Int.self) == 1)
    }

    @Test("What has expired is swept away as others write, once a minute")
    func sweeping() async throws {
        let store = try self.store()
        func rows() async throws -> Int? {
            try await store.database.read { try Int.fetchOne($0, sql: "SELECT count(*) FROM canaveral_entry") }
        }
        let stays = StoreKey(space: "s", id: "stays")
        try await store.write(0, to: stays)
        for number in 1...5 {
            let key = StoreKey(space: "s", id: "\(number)")
            try await store.write(0, to: key, expires: .at(self.clock.now + .seconds(10)))
        }
        self.clock.advance(by: .seconds(59))
        try await store.write(1, to: stays)
        #expect(try await rows() == 6)
        self.clock.advance(by: .seconds(1))
        try await store.write(2, to: stays)
        #expect(try await rows() == 1)
    }

    @Test("A clock that was ahead and is set right does not put off the sweeps")
    func sweepingAfterSettingTheClock() async throws {
        let store = try self.store()
        let key = StoreKey(space: "s", id: "goes")
        self.clock.advance(by: .seconds(86_400))
        try await store.write(0, to: StoreKey(space: "s", id: "stays"))
        self.clock.advance(by: .seconds(-86_400))
        try await store.write(0, to: key, expires: .at(self.clock.now + .seconds(10)))
        self.clock.advance(by: .seconds(60))
        try await store.write(1, to: StoreKey(space: "s", id: "stays"))
        let rows = try await store.database.read {
            try Int.fetchOne($0, sql: "SELECT count(*) FROM canaveral_entry")
        }
        #expect(rows == 1)
    }

    @Test("More than one sweep's worth is removed at once when it is asked for")
    func removingMany() async throws {
        let store = try self.store()
        var transaction = StoreTransaction()
        for number in 0..<2500 {
            let item = StoreItem([], expires: self.clock.now + .seconds(1))
            transaction.write(item, to: StoreKey(space: "s", id: "\(number)"))
        }
        #expect(try await store.commit(transaction))
        self.clock.advance(by: .seconds(1))
        #expect(try await store.removeExpired() == 2500)
    }

    @Test("Listing and expiry go by an index, whatever else is kept")
    func indexes() async throws {
        let store = try self.store()
        try await store.database.read { database in
            for sql in [
                "SELECT id FROM canaveral_entry WHERE space = 's' AND id >= 'a' AND id < 'b' ORDER BY id LIMIT 9",
                "SELECT rowid FROM canaveral_entry WHERE expires <= 5 ORDER BY expires LIMIT 9",
            ] {
                let plan = try Row.fetchAll(database, sql: "EXPLAIN QUERY PLAN " + sql).map { $0["detail"] as String }
                #expect(plan.count == 1 && plan[0].contains("SEARCH canaveral_entry USING"), "\(plan)")
            }
        }
    }
}
#endif
