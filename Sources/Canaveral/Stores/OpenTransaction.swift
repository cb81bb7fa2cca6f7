/// A transaction under way: what it reads becomes its condition, what it changes is done when it is committed.
///
/// Reads see the transaction's own changes. ``Store/transaction(attempts:_:)`` has an example.
public struct OpenTransaction: Sendable {
    private let store: any Store
    private var found: [StoreKey: StoreItem?] = [:]
    private(set) var transaction = StoreTransaction()

    init(on store: any Store) {
        self.store = store
    }

    /// What is under the key.
    public mutating func read(_ key: StoreKey) async throws -> StoreItem? {
        switch self.transaction.changes[key] {
        case .write(let item): return item
        case .delete: return nil
        case nil: break
        }
        if let item = self.found[key] { return item }
        let entry = try await self.store.read(key)
        self.transaction.require(key, is: entry?.version)
        self.found[key] = .some(entry?.item)
        return entry?.item
    }

    /// Keeps the item under the key, in place of what is there.
    public mutating func write(_ item: StoreItem, to key: StoreKey) {
        self.transaction.write(item, to: key)
    }

    /// Leaves nothing under the key.
    public mutating func delete(_ key: StoreKey) {
        self.transaction.delete(key)
    }

    /// The value under the key, as one of the application's types.
    ///
    /// - Throws: ``StoreError/notCodable(_:type:reason:)`` when it is not one.
    public mutating func read<Value: Decodable>(_ key: StoreKey, as type: Value.Type) async throws -> Value? {
        guard let item = try await self.read(key) else { return nil }
        return try StoreCoding.value(type, from: item.value, for: key)
    }

    /// Keeps a value of one of the application's types under the key, in place of what is there.
    ///
    /// - Parameters:
    ///   - value: what to keep; it becomes JSON.
    ///   - key: under which key.
    ///   - expires: until when. What ``StoreExpiry/unchanged`` keeps of the time is read, and so is a condition.
    public mutating func write(_ value: some Encodable, to key: StoreKey, expires: StoreExpiry) async throws {
        let replaced = expires == .unchanged ? try await self.read(key) : nil
        let bytes = try StoreCoding.bytes(of: value, for: key)
        self.write(StoreItem(bytes, expires: expires.moment(replacing: replaced)), to: key)
    }
}
