public import GeminiProtocol
import GeminiTLS
import NIOConcurrencyHelpers

/// A ``Store`` in memory, which is gone when the process ends: for tests, and for what may be forgotten.
///
/// Bounded by ``Limits``, so that visitors cannot make the process grow. What has expired goes as others write.
///
/// ```swift
/// let store = MemoryStore(limits: .init(entries: 10_000, whenFull: .evict(from: ["sessions"])))
/// ```
///
/// Usable from any thread; no call suspends.
public final class MemoryStore: Store {
    private let table: NIOLockedValueBox<MemoryTable>
    private let now: @Sendable () -> Timestamp

    /// - Parameters:
    ///   - limits: how much is kept.
    ///   - now: the time that expiry goes by; `nil` for the system's.
    public init(limits: Limits = Limits(), now: (@Sendable () -> Timestamp)? = nil) {
        self.table = NIOLockedValueBox(MemoryTable(limits: limits))
        self.now = now ?? { Timestamp.now }
    }

    public func read(_ key: StoreKey) -> StoreEntry? {
        let now = self.now()
        return self.table.withLockedValue { $0.read(key, now: now) }
    }

    /// - Throws: ``StoreError/full(_:)`` when the limits leave no room.
    public func commit(_ transaction: StoreTransaction) throws -> Bool {
        let now = self.now()
        return try self.table.withLockedValue { try $0.commit(transaction, now: now) }
    }

    public func keys(in space: String, prefix: String, after id: String?, limit: Int) -> [StoreKey] {
        let now = self.now()
        return self.table.withLockedValue { $0.keys(in: space, prefix: prefix, after: id, limit: limit, now: now) }
    }

    @discardableResult
    public func removeExpired() -> Int {
        let now = self.now()
        return self.table.withLockedValue { $0.removeExpired(now: now) }
    }

    /// How many values there are, including those that have expired and are not removed yet.
    public var count: Int {
        self.table.withLockedValue { $0.count }
    }

    /// How many bytes the keys and values have.
    public var byteCount: Int {
        self.table.withLockedValue { $0.byteCount }
    }
}
