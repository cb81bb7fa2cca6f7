import Canaveral
import Testing

private struct Cart: Codable, Hashable {
    var seeds: [String] = []
    var name: String?
}

extension StoreRule {
    static let values = [
        StoreRule("an application's values are kept, changed and removed") { store, clock in
            let key = StoreKey(space: "carts", id: "ada")
            let expires = clock.now + .seconds(60)
            try await store.update(key, of: Cart.self, expires: .at(expires)) { cart in
                #expect(cart == nil)
                cart = Cart(seeds: ["sunflower / daisy"])
            }
            let count = try await store.update(key, of: Cart.self) { cart in
                cart?.name = "Ada"
                return cart?.seeds.count
            }
            #expect(count == 1)
            #expect(try await store.read(key, as: Cart.self) == Cart(seeds: ["sunflower / daisy"], name: "Ada"))
            #expect(try await store.read(key)?.value == Array(#"{"name":"Ada","seeds":["sunflower / daisy"]}"#.utf8))
            #expect(try await store.read(key)?.expires == expires)
            try await store.write(Cart(), to: key, expires: .unchanged)
            #expect(try await store.read(key)?.expires == expires)
            try await store.update(key, of: Cart.self, expires: .never) { $0?.name = "Grace" }
            #expect(try await store.read(key)?.expires == nil)
            try await store.update(key, of: Cart.self) { $0 = nil }
            #expect(try await store.read(key) == nil)
        },
        StoreRule("a value of another type is an error that names the key") { store, _ in
            let key = StoreKey(space: "carts", id: "ada")
            try await store.write("text", to: key)
            let error = await #expect(throws: StoreError.self) { try await store.read(key, as: Cart.self) }
            #expect(error?.description.hasPrefix("The value of carts/ada cannot be kept as Cart: ") == true)
            #expect(try await store.read(key, as: String.self) == "text")
        },
        StoreRule("an update that throws or changes nothing writes nothing") { store, _ in
            let key = StoreKey(space: "s", id: "1")
            try await store.write(5, to: key)
            let version = try await store.read(key)?.version
            try await store.update(key, of: Int.self) { _ in }
            await #expect(throws: CancellationError.self) {
                try await store.update(key, of: Int.self) { value in
                    value = 6
                    throw CancellationError()
                }
            }
            #expect(try await store.read(key)?.version == version)
        },
    ]
}
