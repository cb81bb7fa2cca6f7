/// Where sessions, conversations and accounts are kept: a small key-value store whose changes are transactions.
///
/// An application picks one, ``MemoryStore`` or the `SQLiteStore` of `CanaveralSQLite`, and gives it to whatever keeps
/// state. Its own values fit in as well:
///
/// ```swift
/// struct Cart: Codable, Sendable { var seeds: [String] = [] }
///
/// let key = StoreKey(space: "carts", id: visitor)
/// try await store.update(key, of: Cart.self) { cart in
///     cart = cart ?? Cart()
///     cart?.seeds.append("sunflower")
/// }
/// ```
///
/// Concurrency is optimistic: nothing is locked while an application thinks. A transaction says what it has seen, and is
/// refused when that is no longer so; ``transaction(attempts:_:)`` and `update` then try again with what is there now.
///
/// What has expired is absent from every answer at once, whenever it is removed for good.
///
/// A store of your own conforms with four methods. Every one may be called from any number of tasks at once, and, when
/// the state is shared by processes, by all of them.
public protocol Store: Sendable {
    /// What is kept under the key; `nil` when there is nothing or it has expired.
    func read(_ key: StoreKey) async throws -> StoreEntry?

    /// Carries out all of the transaction, or nothing of it.
    ///
    /// - Returns: `false`, with nothing changed, when one of the transaction's conditions does not hold (any more).
    /// - Throws: ``StoreError`` when it cannot be carried out, again with nothing changed.
    func commit(_ transaction: StoreTransaction) async throws -> Bool

    /// The keys of a space, in the order of the bytes of their identifiers.
    ///
    /// - Parameters:
    ///   - space: the space to list.
    ///   - prefix: what the identifiers begin with; empty for all.
    ///   - id: lists only what comes behind this identifier, whether it exists or not; for the next page.
    ///   - limit: the largest number of keys to return.
    func keys(in space: String, prefix: String, after id: String?, limit: Int) async throws -> [StoreKey]

    /// Removes what has expired, so that it takes up no more room. Nothing else changes by it.
    ///
    /// - Returns: how many values there were.
    @discardableResult
    func removeExpired() async throws -> Int
}

extension Store {
    /// The keys of a space, in the order of the bytes of their identifiers.
    public func keys(in space: String, prefix: String = "", limit: Int = 100) async throws -> [StoreKey] {
        try await self.keys(in: space, prefix: prefix, after: nil, limit: limit)
    }
}
