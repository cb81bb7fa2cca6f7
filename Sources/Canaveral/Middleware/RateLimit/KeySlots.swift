/// Where keys lie in a table that grows with those that matter, and never over its capacity. What is kept for a key lies
/// in the same slot of an array beside it.
///
/// Keys are hashes, with a seed that nobody outside knows, so that a key takes 8 bytes whatever it is, and no one can
/// choose its neighbours. The table is made of sets of eight. Where a set is full in a table that has its full size, the
/// key goes that matters for the shortest time.
struct KeySlots: Sendable {
    /// Where a key may lie.
    enum Place: Hashable, Sendable {
        /// It lies there already.
        case known(Int)
        /// It may take this slot, from another if need be.
        case open(Int)
        /// The table has to grow first.
        case crowded
    }

    static let setSize = 8

    /// By slot; 0 is an empty one.
    private var keys: [UInt64]
    private var setCount: Int
    private let largestSetCount: Int

    /// - Parameter capacity: keys at most, rounded up to a power of two of sets.
    init(capacity: Int) {
        var largest = 1
        while largest * Self.setSize < capacity { largest *= 2 }
        self.largestSetCount = largest
        self.setCount = min(largest, 8)
        self.keys = Array(repeating: 0, count: self.setCount * Self.setSize)
    }

    /// The keys that there is room for now.
    var room: Int { self.keys.count }

    /// The slot of a key that is known.
    func slot(of hash: UInt64) -> Int? {
        let key = Self.key(hash)
        let first = self.firstSlot(of: key)
        for slot in first..<first + Self.setSize where self.keys[slot] == key { return slot }
        return nil
    }

    /// The slot that a key has or may have.
    ///
    /// - Parameter end: until when what is in a slot matters.
    func place(for hash: UInt64, at now: Int64, end: (Int) -> Int64) -> Place {
        if let slot = self.slot(of: hash) { return .known(slot) }
        let first = self.firstSlot(of: Self.key(hash))
        var soonest = first
        var soonestEnd = Int64.max
        for slot in first..<first + Self.setSize {
            let end = self.keys[slot] == 0 ? .min : end(slot)
            if end < soonestEnd {
                soonest = slot
                soonestEnd = end
            }
        }
        return soonestEnd > now && self.setCount < self.largestSetCount ? .crowded : .open(soonest)
    }

    /// Puts a key into a slot that is open for it.
    mutating func put(_ hash: UInt64, in slot: Int) {
        self.keys[slot] = Self.key(hash)
    }

    /// A table of double size, where a set becomes two, so that what fitted fits; and the slots from which and to which
    /// the keys move that are worth it.
    func doubled(keeping matters: (Int) -> Bool) -> (slots: KeySlots, moves: [(from: Int, to: Int)]) {
        var slots = self
        slots.setCount *= 2
        slots.keys = Array(repeating: 0, count: slots.setCount * Self.setSize)
        var moves: [(from: Int, to: Int)] = []
        for (old, key) in self.keys.enumerated() where key != 0 && matters(old) {
            var slot = slots.firstSlot(of: key)
            while slots.keys[slot] != 0 { slot += 1 }
            slots.keys[slot] = key
            moves.append((old, slot))
        }
        return (slots, moves)
    }

    private func firstSlot(of key: UInt64) -> Int {
        Int(truncatingIfNeeded: key & UInt64(self.setCount - 1)) * Self.setSize
    }

    private static func key(_ hash: UInt64) -> UInt64 {
        hash == 0 ? 1 : hash
    }
}
