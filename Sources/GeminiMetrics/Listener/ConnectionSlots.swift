/// The connections that are open at once, as many as there is room for: a new one always gets in, and the one that is
/// worth the least gives way. So clients that say nothing keep nobody out who does.
struct ConnectionSlots {
    /// How far a connection is, in the order in which they give way.
    enum Phase: Int, Comparable, Sendable {
        /// The answer has left, and the other side's end is waited for: it has what it came for.
        case answered
        /// Its request has not come yet, or not all of it.
        case reading
        case answering

        static func < (left: Phase, right: Phase) -> Bool {
            left.rawValue < right.rawValue
        }
    }

    /// Counts up from connection to connection.
    typealias ID = UInt64

    enum EntryAction: Hashable {
        case none
        /// Another connection is to be closed, which counts no longer.
        case close(ID)
    }

    private let capacity: Int
    private var phases: [ID: Phase] = [:]

    /// - Parameter capacity: at least 1.
    init(capacity: Int) {
        precondition(capacity > 0, "There is no room for anybody.")
        self.capacity = capacity
    }

    var count: Int {
        self.phases.count
    }

    /// Counts a connection in.
    mutating func enter(_ id: ID) -> EntryAction {
        var leaving: ID?
        if self.phases.count >= self.capacity {
            leaving = self.phases.min { ($0.value, $0.key) < ($1.value, $1.key) }?.key
        }
        if let leaving { self.phases[leaving] = nil }
        self.phases[id] = .reading
        return leaving.map(EntryAction.close) ?? .none
    }

    /// Notes how far a connection is, unless it counts no longer.
    mutating func move(_ id: ID, to phase: Phase) {
        if self.phases[id] != nil { self.phases[id] = phase }
    }

    mutating func leave(_ id: ID) {
        self.phases[id] = nil
    }
}
