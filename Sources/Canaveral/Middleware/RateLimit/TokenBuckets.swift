/// Token buckets by key, in a table that grows with the keys that are in debt, and never over its capacity.
///
/// A bucket is the moment at which it will be full again, in nanoseconds (the generic cell rate algorithm): nothing has to
/// be refilled, and a bucket that is full is worth nothing and makes room. Keys are hashes, with a seed that nobody
/// outside knows, so that a key takes the same few bytes whatever it is, and no one can choose its neighbours.
///
/// The table is made of sets of eight. Where a set is full in a table that has its full size, the key goes that would be
/// as new the soonest: one who has used up its requests is the last to be forgotten. To be forgotten all the same takes
/// about as many other keys as the table has room for, each with as many requests made.
struct TokenBuckets {
    enum Verdict: Hashable, Sendable {
        case allowed
        /// How long until there is a token, in nanoseconds.
        case refused(wait: Int64)
    }

    static let setSize = 8

    /// By rule: from one token to the next, and for as many as there are at most; in nanoseconds.
    private let intervals: [Int64]
    private let spans: [Int64]
    private let largestSetCount: Int

    /// By slot; 0 is an empty one.
    private var keys: [UInt64]
    /// By slot and rule: when the bucket is full again.
    private var fullAt: [Int64]
    private var setCount: Int

    /// - Parameter capacity: keys at most, rounded up to a power of two of sets.
    init(rules: [RateLimitRule], capacity: Int) {
        self.intervals = rules.map(\.interval)
        self.spans = rules.map(\.span)
        var largest = 1
        while largest * Self.setSize < capacity { largest *= 2 }
        self.largestSetCount = largest
        self.setCount = min(largest, 8)
        self.keys = Array(repeating: 0, count: self.setCount * Self.setSize)
        self.fullAt = Array(repeating: 0, count: self.keys.count * rules.count)
    }

    /// The keys that there is room for now.
    var room: Int { self.keys.count }

    /// Takes a token of each rule's bucket, or none if one of them has none.
    mutating func take(_ hash: UInt64, at now: Int64) -> Verdict {
        let key = hash == 0 ? 1 : hash
        let first = self.slot(of: key, at: now) * self.intervals.count
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
    private mutating func slot(of key: UInt64, at now: Int64) -> Int {
        while true {
            let first = self.firstSlot(of: key)
            for slot in first..<first + Self.setSize where self.keys[slot] == key { return slot }
            var soonest = first
            var soonestMoment = Int64.max
            for slot in first..<first + Self.setSize {
                let moment = self.keys[slot] == 0 ? .min : self.newMoment(of: slot)
                if moment < soonestMoment {
                    soonest = slot
                    soonestMoment = moment
                }
            }
            if soonestMoment > now, self.setCount < self.largestSetCount {
                self.grow(at: now)
                continue
            }
            self.keys[soonest] = key
            for index in self.intervals.indices { self.fullAt[soonest * self.intervals.count + index] = .min }
            return soonest
        }
    }

    private func firstSlot(of key: UInt64) -> Int {
        Int(truncatingIfNeeded: key & UInt64(self.setCount - 1)) * Self.setSize
    }

    /// When all buckets of a slot are full again.
    private func newMoment(of slot: Int) -> Int64 {
        var moment = Int64.min
        for index in self.intervals.indices { moment = max(moment, self.fullAt[slot * self.intervals.count + index]) }
        return moment
    }

    /// Doubles the table; a set becomes two, so that what fitted fits.
    private mutating func grow(at now: Int64) {
        let keys = self.keys
        let fullAt = self.fullAt
        let width = self.intervals.count
        self.setCount *= 2
        self.keys = Array(repeating: 0, count: self.setCount * Self.setSize)
        self.fullAt = Array(repeating: 0, count: self.keys.count * width)
        for (old, key) in keys.enumerated() where key != 0 {
            let buckets = fullAt[old * width..<(old + 1) * width]
            guard buckets.contains(where: { $0 > now }) else { continue }
            var slot = self.firstSlot(of: key)
            while self.keys[slot] != 0 { slot += 1 }
            self.keys[slot] = key
            self.fullAt.replaceSubrange(slot * width..<(slot + 1) * width, with: buckets)
        }
    }
}
