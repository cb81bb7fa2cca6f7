import Canaveral
import StoreConformance
import Testing

@Suite("Memory store")
struct MemoryStoreTests {
    private let clock = TestClock()

    private func store(_ limits: MemoryStore.Limits = .init()) -> MemoryStore {
        MemoryStore(limits: limits) { [clock] in clock.now }
    }

    private func key(_ id: String, in space: String = "sessions") -> StoreKey {
        StoreKey(space: space, id: id)
    }

    @Test("Is a store:", arguments: StoreRule.all)
    func conformance(rule: StoreRule) async throws {
        try await rule.check(self.store(), self.clock)
    }

    @Test("A full store refuses what makes it larger, whole, and takes what does not")
    func refuses() async throws {
        let store = self.store(.init(entries: 2, bytes: 1000))
        try await store.write(StoreItem([1]), to: self.key("1"))
        try await store.write(StoreItem([2]), to: self.key("2"))
        var transaction = StoreTransaction()
        transaction.write(StoreItem([9]), to: self.key("1"))
        transaction.write(StoreItem([9]), to: self.key("3"))
        let error = #expect(throws: StoreError.self) { try store.commit(transaction) }
        #expect(error?.description.hasPrefix("The store in memory is full (2 values, 1000 bytes)") == true)
        #expect(store.read(self.key("1"))?.value == [1])
        transaction.delete(self.key("2"))
        #expect(try store.commit(transaction))
        #expect(store.keys(in: "sessions", prefix: "", after: nil, limit: 9).map(\.id) == ["1", "3"])
    }

    @Test("Bytes are counted as values come, change and go")
    func bytes() async throws {
        let store = self.store(.init(entries: 100, bytes: 50))
        try await store.write(StoreItem(Array(repeating: 0, count: 41)), to: self.key("1"))
        #expect(store.byteCount == 50)
        await #expect(throws: StoreError.self) {
            try await store.write(StoreItem(Array(repeating: 0, count: 42)), to: self.key("1"))
        }
        try await store.write(StoreItem([0]), to: self.key("1"))
        #expect(store.byteCount == 10)
        try await store.delete(self.key("1"))
        #expect(store.byteCount == 0)
        #expect(store.count == 0)
    }

    @Test("What has expired makes room first")
    func expiredFirst() async throws {
        let store = self.store(.init(entries: 2))
        try await store.write(StoreItem([], expires: self.clock.now + .seconds(1)), to: self.key("1"))
        try await store.write(StoreItem([]), to: self.key("2"))
        await #expect(throws: StoreError.self) { try await store.write(StoreItem([]), to: self.key("3")) }
        self.clock.advance(by: .seconds(1))
        try await store.write(StoreItem([]), to: self.key("3"))
        #expect(store.keys(in: "sessions", prefix: "", after: nil, limit: 9).map(\.id) == ["2", "3"])
    }

    @Test("By choice, the next to expire of some spaces makes room, and what never expires stays")
    func evicts() async throws {
        let store = self.store(.init(entries: 4, whenFull: .evict(from: ["sessions"])))
        try await store.write(StoreItem([]), to: self.key("for ever"))
        try await store.write(StoreItem([], expires: self.clock.now + .seconds(1)), to: self.key("code", in: "codes"))
        try await store.write(StoreItem([], expires: self.clock.now + .seconds(30)), to: self.key("late"))
        try await store.write(StoreItem([], expires: self.clock.now + .seconds(20)), to: self.key("early"))
        // Written again, it is the later one.
        try await store.write(StoreItem([], expires: self.clock.now + .seconds(40)), to: self.key("early"))
        try await store.write(StoreItem([]), to: self.key("new"))
        #expect(store.keys(in: "sessions", prefix: "", after: nil, limit: 9).map(\.id) == ["early", "for ever", "new"])
        try await store.write(StoreItem([]), to: self.key("newer"))
        await #expect(throws: StoreError.self) { try await store.write(StoreItem([]), to: self.key("newest")) }
        #expect(store.read(self.key("code", in: "codes")) != nil)
    }

    @Test("A write that cannot have room evicts nothing")
    func evictsForNothing() async throws {
        let store = self.store(.init(bytes: 40, whenFull: .evict(from: ["sessions"])))
        try await store.write(StoreItem([1], expires: self.clock.now + .seconds(1)), to: self.key("1"))
        await #expect(throws: StoreError.self) {
            try await store.write(StoreItem(Array(repeating: 0, count: 50)), to: self.key("2"))
        }
        #expect(store.read(self.key("1")) != nil)
        try await store.write(StoreItem(Array(repeating: 0, count: 31)), to: self.key("2"))
        #expect(store.read(self.key("1")) == nil)
    }

    @Test("A value that is written again and again leaves nothing behind")
    func rewriting() async throws {
        let store = self.store(.init(entries: 3, whenFull: .evict(from: ["sessions"])))
        for second in 1...2000 {
            try await store.write(StoreItem([], expires: self.clock.now + .seconds(second)), to: self.key("1"))
        }
        #expect(store.count == 1)
        self.clock.advance(by: .seconds(1999))
        #expect(store.removeExpired() == 0)
        self.clock.advance(by: .seconds(1))
        #expect(store.removeExpired() == 1)
    }

    @Test("Many values expire in the order of their moments")
    func manyExpire() async throws {
        let store = self.store()
        for number in 0..<500 {
            let expires = self.clock.now + .seconds(1 + number * 7919 % 500)
            try await store.write(StoreItem([], expires: expires), to: self.key("\(number)"))
        }
        for _ in 0..<5 {
            self.clock.advance(by: .seconds(100))
            #expect(store.removeExpired() == 100)
        }
        #expect(store.count == 0)
    }
}
