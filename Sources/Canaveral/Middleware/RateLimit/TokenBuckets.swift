/// Token buckets by key, in a table that grows with the keys that are in debt, and never over its capacity.
///
/// A bucket is the moment at which it will be full again, in nanoseconds (the generic cell rate algorithm): nothing has to
/// be refilled, and a bucket that is full is worth nothing and makes room. Where room has to be made (``KeySlots``), the key
/// goes that would be as new the soonest: one who has used up its requests is the last to be forgotten. To be forgotten all
/// the same takes about as many other keys as the table has room for, each with as many requests made.
struct TokenBuckets {
    enum Verdict: Hashable, Sendable {
        case allowed
        /// How long until there is a token, in nanoseconds.
        case refused(wait: Int64)
    }

    /// By rule: from one token to the next, and for as many as there are at most; in nanoseconds.
    private let intervals: [Int64]
    private let spans: [Int64]

    private var slots: KeySlots
    /// By slot and rule: when the bucket is full again.
    private var fullAt: [Int64]

    /// - Parameter capacity: keys at most, rounded up to a power of two of sets.
    init(rules: [RateLimitRule], capacity: Int) {
        self.intervals = rules.map(\.interval)
        self.spans = rules.map(\.span)
        self.slots = KeySlots(capacity: capacity)
        self.fullAt = Array(repeating: 0, count: self.slots.room * rules.count)
    }

    /// The keys that there is room for now.
    var room: Int { self.slots.room }

    /// Takes a token of each rule's bucket, or none if one of them has none.
    mutating func take(_ hash: UInt64, at now: Int64) -> Verdict {
        let first = self.slot(of: hash, at: now) * self.intervals.count
        var wait: Int64 = 0
        for index in self.intervals.indices {
            wait = max(wait, max(self.fullAt[first + index], now) + self.intervals[index] - self.spans[index] - now)
        }
        guard wait <= 0 else { return .refused(wait: wait) }
        for index in self.intervals.indices {
            self.fullAt[first + index] = max(self.fullAt[first + index], now) + self.intervals[index]
        }
        return .allowed
    }

    /// The slot of a key, which it may take from another.
    private mutating func slot(of hash: UInt64, at now: Int64) -> Int {
        while true {
            switch self.slots.place(for: hash, at: now, end: { self.newMoment(of: $0) }) {
            case .known(let slot):
                return slot
            case .open(let slot):
                self.slots.put(hash, in: slot)
                for index in self.intervals.indices { self.fullAt[slot * self.intervals.count + index] = .min }
                return slot
            case .crowded:
                self.grow(at: now)
            }
        }
    }

    /// When all buckets of a slot are full again.
    private func newMoment(of slot: Int) -> Int64 {
        var moment = Int64.min
        for index in self.intervals.indices { moment = max(moment, self.fullAt[slot * self.intervals.count + index]) }
        return moment
    }

    private mutating func grow(at now: Int64) {
        let width = self.intervals.count
        let (slots, moves) = self.slots.doubled { self.newMoment(of: $0) > now }
        var fullAt = [Int64](repeating: 0, count: slots.room * width)
        for (old, new) in moves {
            for index in 0..<width { fullAt[new * width + index] = self.fullAt[old * width + index] }
        }
        self.slots = slots
        self.fullAt = fullAt
    }
}
