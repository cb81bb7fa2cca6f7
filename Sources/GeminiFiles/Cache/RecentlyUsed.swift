/// As many values as there is room for: a new one takes the place of the one that nobody has asked for the longest.
///
/// Finding a value costs what it costs a dictionary; making room is a look at all of them, which goes before slower
/// work, such as opening what is to be kept.
struct RecentlyUsed<Key: Hashable, Value> {
    private let capacity: Int
    private var entries: [Key: (value: Value, lastUse: UInt64)] = [:]
    private var uses: UInt64 = 0

    init(capacity: Int) {
        precondition(capacity > 0, "There is no room for anything.")
        self.capacity = capacity
    }

    var count: Int {
        self.entries.count
    }

    /// The value, which counts as used now.
    mutating func value(for key: Key) -> Value? {
        guard let index = self.entries.index(forKey: key) else { return nil }
        self.uses += 1
        self.entries.values[index].lastUse = self.uses
        return self.entries.values[index].value
    }

    mutating func insert(_ value: Value, for key: Key) {
        if self.entries.count >= self.capacity, self.entries[key] == nil,
            let oldest = self.entries.min(by: { $0.value.lastUse < $1.value.lastUse })
        {
            self.entries[oldest.key] = nil
        }
        self.uses += 1
        self.entries[key] = (value, self.uses)
    }
}

extension RecentlyUsed: Sendable where Key: Sendable, Value: Sendable {}
