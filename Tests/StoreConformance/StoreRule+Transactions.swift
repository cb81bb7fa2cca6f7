import Canaveral
import Testing

extension StoreRule {
    static let transactions = [
        StoreRule("what is written is read, until it is deleted") { store, _ in
            let key = StoreKey(space: "things", id: "one")
            #expect(try await store.read(key) == nil)
            try await store.write(StoreItem([1, 2, 0, 255]), to: key)
            #expect(try await store.read(key)?.value == [1, 2, 0, 255])
            #expect(try await store.read(StoreKey(space: "other", id: "one")) == nil)
            try await store.delete(key)
            #expect(try await store.read(key) == nil)
            try await store.delete(key)
        },
        StoreRule("empty values and identifiers, zero bytes and equivalent spellings are kept apart") { store, _ in
            let ids = ["", "\0", "a", "a\0", "a\0b", "\u{E9}", "e\u{301}", "🚀"]
            for (index, id) in ids.enumerated() {
                let value = Array(repeating: UInt8(index), count: index)
                try await store.write(StoreItem(value), to: StoreKey(space: "ids", id: id))
            }
            for (index, id) in ids.enumerated() {
                let value = Array(repeating: UInt8(index), count: index)
                #expect(try await store.read(StoreKey(space: "ids", id: id))?.value == value)
            }
            let sorted = ids.sorted { $0.utf8.lexicographicallyPrecedes($1.utf8) }
            let listed = try await store.keys(in: "ids")
            #expect(listed.map { Array($0.id.utf8) } == sorted.map { Array($0.utf8) })
        },
        StoreRule("a transaction with one condition that does not hold changes nothing") { store, _ in
            let (first, second) = (StoreKey(space: "s", id: "1"), StoreKey(space: "s", id: "2"))
            try await store.write(StoreItem([1]), to: first)
            var transaction = StoreTransaction()
            transaction.require(first, is: nil)
            transaction.write(StoreItem([9]), to: second)
            transaction.delete(first)
            #expect(try await store.commit(transaction) == false)
            #expect(try await store.read(first)?.value == [1])
            #expect(try await store.read(second) == nil)
        },
        StoreRule("a version is one write's: the same bytes written again are another") { store, _ in
            let key = StoreKey(space: "s", id: "1")
            try await store.write(StoreItem([1]), to: key)
            let version = try #require(try await store.read(key)).version
            try await store.delete(key)
            try await store.write(StoreItem([1]), to: key)
            var transaction = StoreTransaction()
            transaction.require(key, is: version)
            transaction.write(StoreItem([2]), to: key)
            #expect(try await store.commit(transaction) == false)
            transaction.require(key, is: try await store.read(key)?.version)
            #expect(try await store.commit(transaction))
            #expect(try await store.commit(transaction) == false)
        },
        StoreRule("of many that race for a key, one gets it") { store, _ in
            let key = StoreKey(space: "names", id: "ada")
            let winners = try await withThrowingTaskGroup(of: Bool.self) { group in
                for number in 0..<20 {
                    group.addTask {
                        var transaction = StoreTransaction()
                        transaction.require(key, is: nil)
                        transaction.write(StoreItem([UInt8(number)]), to: key)
                        return try await store.commit(transaction)
                    }
                }
                return try await group.reduce(into: 0) { count, won in count += won ? 1 : 0 }
            }
            #expect(winners == 1)
        },
        StoreRule("no update is lost among many at once") { store, _ in
            let key = StoreKey(space: "counts", id: "visits")
            try await withThrowingTaskGroup(of: Void.self) { group in
                for _ in 0..<8 {
                    group.addTask {
                        for _ in 0..<10 {
                            try await store.update(key, of: Int.self) { $0 = ($0 ?? 0) + 1 }
                        }
                    }
                }
                try await group.waitForAll()
            }
            #expect(try await store.read(key, as: Int.self) == 80)
        },
        StoreRule("what a transaction moves is nowhere twice, and nowhere missing") { store, _ in
            let keys = (0..<4).map { StoreKey(space: "purses", id: "\($0)") }
            for key in keys { try await store.write(10, to: key) }
            try await withThrowingTaskGroup(of: Void.self) { group in
                for giver in 0..<4 {
                    group.addTask {
                        for step in 1..<4 {
                            try await store.transaction { transaction in
                                let (from, to) = (keys[giver], keys[(giver + step) % 4])
                                let coins = try await transaction.read(from, as: Int.self) ?? 0
                                let others = try await transaction.read(to, as: Int.self) ?? 0
                                try await transaction.write(coins - 1, to: from, expires: .never)
                                try await transaction.write(others + 1, to: to, expires: .never)
                            }
                        }
                    }
                    group.addTask {
                        for _ in 0..<5 {
                            let sum = try await store.transaction { transaction in
                                var sum = 0
                                for key in keys { sum += try await transaction.read(key, as: Int.self) ?? 0 }
                                return sum
                            }
                            #expect(sum == 40)
                        }
                    }
                }
                try await group.waitForAll()
            }
        },
        StoreRule("a transaction reads what it has written, and gives up when it is told to") { store, _ in
            let key = StoreKey(space: "s", id: "1")
            try await store.transaction { transaction in
                transaction.write(StoreItem([1]), to: key)
                let written = try await transaction.read(key)
                #expect(written?.value == [1])
                transaction.delete(key)
                let deleted = try await transaction.read(key)
                #expect(deleted == nil)
            }
            await #expect(throws: StoreError.contended(attempts: 3)) {
                try await store.transaction(attempts: 3) { transaction in
                    _ = try await transaction.read(key)
                    try await store.write(StoreItem([7]), to: key)
                }
            }
        },
    ]
}
