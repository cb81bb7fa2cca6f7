import Canaveral
import Testing

extension StoreRule {
    static let expiry = [
        StoreRule("from its moment on, what expires is absent from everything") { store, clock in
            let key = StoreKey(space: "s", id: "1")
            try await store.write(StoreItem([1], expires: clock.now + .seconds(10)), to: key)
            let version = try #require(try await store.read(key)).version
            clock.advance(by: .seconds(9))
            #expect(try await store.read(key)?.expires == clock.now + .seconds(1))
            clock.advance(by: .seconds(1))
            #expect(try await store.read(key) == nil)
            #expect(try await store.keys(in: "s") == [])
            var transaction = StoreTransaction()
            transaction.require(key, is: version)
            #expect(try await store.commit(transaction) == false)
            transaction.require(key, is: nil)
            transaction.write(StoreItem([2]), to: key)
            #expect(try await store.commit(transaction))
            #expect(try await store.read(key)?.value == [2])
            #expect(try await store.read(key)?.expires == nil)
        },
        StoreRule("what has expired is removed, nothing else") { store, clock in
            for number in 1...5 {
                let expires = clock.now + .seconds(number)
                try await store.write(StoreItem([], expires: expires), to: StoreKey(space: "s", id: "\(number)"))
            }
            try await store.write(StoreItem([]), to: StoreKey(space: "s", id: "for ever"))
            clock.advance(by: .seconds(3))
            #expect(try await store.removeExpired() == 3)
            #expect(try await store.removeExpired() == 0)
            #expect(try await store.keys(in: "s").map(\.id) == ["4", "5", "for ever"])
        },
        StoreRule("a value that is written again expires by its last write") { store, clock in
            let key = StoreKey(space: "s", id: "1")
            try await store.write(StoreItem([1], expires: clock.now + .seconds(10)), to: key)
            try await store.write(StoreItem([1], expires: clock.now + .seconds(20)), to: key)
            clock.advance(by: .seconds(15))
            try await store.removeExpired()
            #expect(try await store.read(key) != nil)
            try await store.write(StoreItem([1]), to: key)
            clock.advance(by: .seconds(15))
            try await store.removeExpired()
            #expect(try await store.read(key) != nil)
        },
    ]
}
