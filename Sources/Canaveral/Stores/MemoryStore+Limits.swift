extension MemoryStore {
    /// How much a ``MemoryStore`` keeps, and what it does when it is asked to keep more.
    public struct Limits: Sendable, Hashable {
        /// The largest number of values.
        public var entries: Int
        /// The largest number of bytes in keys and values.
        public var bytes: Int
        public var whenFull: Overflow

        public init(entries: Int = 100_000, bytes: Int = 64 << 20, whenFull: Overflow = .refuse) {
            self.entries = entries
            self.bytes = bytes
            self.whenFull = whenFull
        }
    }

    /// What happens to a write for which there is no room, after everything expired has gone.
    public enum Overflow: Sendable, Hashable {
        /// The write fails with ``StoreError/full(_:)``.
        case refuse
        /// Values of these spaces that expire at some time make room, the next to expire first. When they do not
        /// suffice, the write fails. What never expires is never dropped.
        case evict(from: Set<String>)
    }
}
