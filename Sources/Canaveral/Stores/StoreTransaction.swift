/// Conditions and changes that a ``Store`` carries out as one.
///
/// Most applications have ``Store/transaction(attempts:_:)`` make them.
public struct StoreTransaction: Sendable {
    /// What a condition says of a key.
    public enum Condition: Sendable, Hashable {
        /// There is nothing under it, or what was has expired.
        case absent
        /// What is under it is this write, and has not expired.
        case version(StoreVersion)
    }

    /// What becomes of a key.
    public enum Change: Sendable, Hashable {
        case write(StoreItem)
        case delete
    }

    /// What must hold, or else nothing is changed.
    public private(set) var conditions: [StoreKey: Condition] = [:]
    /// What is changed, at most one thing a key.
    public private(set) var changes: [StoreKey: Change] = [:]

    public init() {}

    /// Goes by what a read of the key has found: its version, or `nil` for nothing.
    public mutating func require(_ key: StoreKey, is version: StoreVersion?) {
        self.conditions[key] = version.map(Condition.version) ?? .absent
    }

    /// Keeps the item under the key, in place of what is there.
    public mutating func write(_ item: StoreItem, to key: StoreKey) {
        self.changes[key] = .write(item)
    }

    /// Leaves nothing under the key; not an error when there is nothing.
    public mutating func delete(_ key: StoreKey) {
        self.changes[key] = .delete
    }
}
