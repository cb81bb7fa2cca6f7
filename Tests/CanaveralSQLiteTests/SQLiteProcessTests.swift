#if SQLite
import Canaveral
import CanaveralSQLite
import Foundation
import GRDB
import NIOConcurrencyHelpers
import TestSupport
import Testing

/// Several processes on one file, each an exit test.
@Suite("SQLite store in several processes")
struct SQLiteProcessTests {
    @Test("A writer that is killed loses nothing that it was told is kept, and leaves no half of a transaction")
    func killed() async throws {
        let folder = try TemporaryDirectory()
        let path = folder.path("state.sqlite")
        let acknowledgements = folder.path("acknowledged")
        await #expect(processExitsWith: .signal(SIGKILL)) {
            [path = path as String, acknowledgements = acknowledgements as String] in
            let store = try SQLiteStore(path: path)
            let count = NIOLockedValueBox(0)
            let descriptor = open(acknowledgements, O_CREAT | O_WRONLY | O_APPEND, 0o600)
            try await withThrowingTaskGroup(of: Void.self) { group in
                for writer in 0..<8 {
                    group.addTask {
                        for number in 0... {
                            let name = "\(writer)-\(number)"
                            var transaction = StoreTransaction()
                            let value = StoreItem(Array(repeating: UInt8(writer), count: 4000))
                            transaction.write(value, to: StoreKey(space: "left", id: name))
                            transaction.write(value, to: StoreKey(space: "right", id: name))
                            _ = try await store.commit(transaction)
                            let line = Array((name + "\n").utf8)
                            _ = write(descriptor, line, line.count)
                            // In the middle of what the others do.
                            if count.withLockedValue({
                                $0 += 1
                                return $0
                            }) == 300 {
                                kill(getpid(), SIGKILL)
                            }
                        }
                    }
                }
                try await group.waitForAll()
            }
        }
        let acknowledged = try String(contentsOfFile: acknowledgements, encoding: .utf8).split(separator: "\n")
        #expect(acknowledged.count >= 299)
        let store = try SQLiteStore(path: path)
        let left = try await store.keys(in: "left", limit: 10_000).map(\.id)
        let right = try await store.keys(in: "right", limit: 10_000).map(\.id)
        #expect(left == right)
        #expect(Set(acknowledged.map(String.init)).isSubset(of: left))
        let health = try await store.database.read { try String.fetchOne($0, sql: "PRAGMA integrity_check") }
        #expect(health == "ok")
    }

    @Test("Processes that open a new file at once, and count in it, lose no count")
    func atOnce() async throws {
        let folder = try TemporaryDirectory()
        let path = folder.path("state.sqlite")
        try await withThrowingTaskGroup(of: Void.self) { group in
            for _ in 0..<4 {
                group.addTask {
                    await #expect(processExitsWith: .success) { [path = path as String] in
                        let store = try SQLiteStore(path: path)
                        for _ in 0..<50 {
                            try await store.update(StoreKey(space: "counts", id: "all"), of: Int.self) {
                                $0 = ($0 ?? 0) + 1
                            }
                        }
                    }
                }
            }
            try await group.waitForAll()
        }
        let store = try SQLiteStore(path: path)
        #expect(try await store.read(StoreKey(space: "counts", id: "all"), as: Int.self) == 200)
    }
}
#endif
