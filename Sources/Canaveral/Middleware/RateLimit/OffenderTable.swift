/// Who goes on after 44, by key, in a table of bounded size (``KeySlots``). Times are in nanoseconds.
///
/// In a flood of keys those go first that have only been refused, then those whose bans lie back the furthest: to be
/// forgotten takes as many others that are banned as the table has room for.
struct OffenderTable {
    enum Verdict: Hashable, Sendable {
        case tolerated
        /// From here on it is refused for so long.
        case banned(for: Int64)
    }

    private struct Record {
        /// The end of the wait that it was told, or of its ban.
        var until: Int64 = .min
        /// How often it was refused, each time before the end of the wait that it was told.
        var refusals = 0
        /// How often it was banned, which makes bans longer.
        var bans = 0
        var isBanned = false
    }

    private let patience: Int
    private let shortestBan: Int64
    private let longestBan: Int64
    private let memory: Int64

    private var slots: KeySlots
    private var records: [Record]

    init(patience: Int, bans: ClosedRange<Duration>, memory: Duration, capacity: Int) {
        self.patience = max(patience, 1)
        self.shortestBan = bans.lowerBound.nanoseconds
        self.longestBan = bans.upperBound.nanoseconds
        self.memory = memory.nanoseconds
        self.slots = KeySlots(capacity: capacity)
        self.records = Array(repeating: Record(), count: self.slots.room)
    }

    /// The keys that there is room for now.
    var room: Int { self.slots.room }

    func isBanned(_ hash: UInt64, at now: Int64) -> Bool {
        guard let slot = self.slots.slot(of: hash) else { return false }
        return self.records[slot].isBanned && now < self.records[slot].until
    }

    /// Takes note that a key was refused, and told to wait.
    mutating func refuse(_ hash: UInt64, wait: Int64, at now: Int64) -> Verdict {
        let slot = self.claim(hash, at: now)
        var record = self.records[slot]
        defer { self.records[slot] = record }
        if self.end(of: record) <= now { record = Record() }
        // What was under way when the ban began is no new offence.
        guard !record.isBanned || record.until <= now else { return .tolerated }

        record.refusals = now < record.until ? record.refusals + 1 : 1
        record.isBanned = record.refusals >= self.patience
        guard record.isBanned else {
            record.until = now + wait
            return .tolerated
        }
        let doublings = min(record.bans, 32)
        let ban = self.shortestBan > self.longestBan >> doublings ? self.longestBan : self.shortestBan << doublings
        record.bans += 1
        record.refusals = 0
        record.until = now + ban
        return .banned(for: ban)
    }

    /// When a record is as good as none.
    private func end(of record: Record) -> Int64 {
        record.bans == 0 ? record.until : record.until + self.memory
    }

    /// When a record is as good as none; for those with a ban later than for all others.
    private func rank(of slot: Int, at now: Int64) -> Int64 {
        let record = self.records[slot]
        let end = self.end(of: record)
        return record.bans > 0 && end > now ? end | 1 << 62 : end
    }

    private mutating func claim(_ hash: UInt64, at now: Int64) -> Int {
        while true {
            switch self.slots.place(for: hash, at: now, end: { self.rank(of: $0, at: now) }) {
            case .known(let slot):
                return slot
            case .open(let slot):
                self.slots.put(hash, in: slot)
                self.records[slot] = Record()
                return slot
            case .crowded:
                let (slots, moves) = self.slots.doubled { self.end(of: self.records[$0]) > now }
                var records = Array(repeating: Record(), count: slots.room)
                for (old, new) in moves { records[new] = self.records[old] }
                self.slots = slots
                self.records = records
            }
        }
    }
}
