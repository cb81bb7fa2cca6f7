import NIOCore

/// When the next request of a thread is due.
///
/// In an open loop the requests of all threads lie on one grid in time, of which each thread has every n-th place. What
/// could not begin when it was due is due nevertheless, and begins as soon as a connection is free.
struct Pace {
    enum Next: Equatable {
        case begin(due: NIODeadline)
        case wait(until: NIODeadline)
        case over
    }

    private let grid: Grid?
    private var place: Int
    private let stride: Int
    private let end: NIODeadline?

    /// Points in time with the same distance between each two.
    private struct Grid {
        var start: NIODeadline
        var interval: Double

        func time(at place: Int) -> NIODeadline {
            self.start + .nanoseconds(Int64(Double(place) * self.interval))
        }
    }

    /// - Parameters:
    ///   - thread: which of the threads this is, from 0.
    ///   - start: when the first request of all threads is due.
    ///   - end: when no further request is due.
    init(_ load: BenchmarkPlan.Load, thread: Int, threads: Int, start: NIODeadline, end: NIODeadline?) {
        self.grid =
            switch load {
            case .closed: nil
            case .open(let rate): Grid(start: start, interval: 1_000_000_000 / rate)
            }
        self.place = thread
        self.stride = threads
        self.end = end
    }

    /// What is next; a request that is to begin is not named again.
    mutating func next(at now: NIODeadline) -> Next {
        let due = self.grid?.time(at: self.place) ?? now
        if let end, due >= end { return .over }
        guard due <= now else { return .wait(until: due) }
        self.place += self.stride
        return .begin(due: due)
    }

    /// When the requests were due that are due by now and were not named; none in a closed loop.
    func backlog(at now: NIODeadline) -> [NIODeadline] {
        guard self.grid != nil else { return [] }
        var rest = self
        var backlog: [NIODeadline] = []
        while case .begin(let due) = rest.next(at: now) { backlog.append(due) }
        return backlog
    }
}
