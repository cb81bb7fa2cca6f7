import Canaveral
import Testing

extension StoreRule {
    static let listing = [
        StoreRule("keys are listed in order, by prefix, in pages") { store, _ in
            for id in ["b", "a/2", "a/10", "a", "a0", "c", "a/1"] {
                try await store.write(StoreItem([]), to: StoreKey(space: "list", id: id))
            }
            try await store.write(StoreItem([]), to: StoreKey(space: "list2", id: "a/3"))
            func ids(_ prefix: String, after: String? = nil, limit: Int = 100) async throws -> [String] {
                try await store.keys(in: "list", prefix: prefix, after: after, limit: limit).map(\.id)
            }
            #expect(try await ids("") == ["a", "a/1", "a/10", "a/2", "a0", "b", "c"])
            #expect(try await ids("a/") == ["a/1", "a/10", "a/2"])
            #expect(try await ids("a/", limit: 2) == ["a/1", "a/10"])
            #expect(try await ids("a/", after: "a/10", limit: 2) == ["a/2"])
            #expect(try await ids("a/", after: "a/0") == ["a/1", "a/10", "a/2"])
            #expect(try await ids("", after: "a0") == ["b", "c"])
            #expect(try await ids("a/", after: "b") == [])
            #expect(try await ids("a/", after: "A") == ["a/1", "a/10", "a/2"])
            #expect(try await ids("d") == [])
            #expect(try await ids("", limit: 0) == [])
            #expect(try await store.keys(in: "list", prefix: "b") == [StoreKey(space: "list", id: "b")])
        },
        StoreRule("a list follows what is written and deleted") { store, _ in
            let key = StoreKey(space: "list", id: "m")
            try await store.write(StoreItem([]), to: StoreKey(space: "list", id: "x"))
            #expect(try await store.keys(in: "list").map(\.id) == ["x"])
            try await store.write(StoreItem([]), to: key)
            #expect(try await store.keys(in: "list").map(\.id) == ["m", "x"])
            try await store.delete(key)
            #expect(try await store.keys(in: "list").map(\.id) == ["x"])
        },
    ]
}
