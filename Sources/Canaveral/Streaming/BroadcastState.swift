import NIOCore

/// Who reads a ``Broadcast`` and what waits for each, as decisions only: what it returns is to be done outside its lock.
struct BroadcastState<Message: Sendable> {
    typealias Waiter = CheckedContinuation<Message?, Never>

    /// A reader that waits, and what it has waited for.
    struct Wakeup {
        let waiter: Waiter
        let message: Message?

        func resume() {
            self.waiter.resume(returning: self.message)
        }
    }

    private struct Seat {
        let reader: BroadcastReader
        var buffer: ReaderBuffer<Message>
        var waiter: Waiter?
        /// Whether the reader counts as there: one that was dropped does not, though its task is still to find out.
        var isPresent = true

        /// What wakes the reader, if it waits and there is something to wake it for.
        mutating func wakeup() -> Wakeup? {
            guard let waiter = self.waiter else { return nil }
            switch self.buffer.next() {
            case .wait:
                return nil
            case .message(let message):
                self.waiter = nil
                return Wakeup(waiter: waiter, message: message)
            case .end:
                self.waiter = nil
                return Wakeup(waiter: waiter, message: nil)
            }
        }
    }

    private let historyLength: Int
    private let capacity: Int
    private let policy: SlowReaderPolicy<Message>
    private let announce: (@Sendable (BroadcastPresence) -> Message?)?

    private var seats: [Int: Seat] = [:]
    private var history: CircularBuffer<SharedMessage<Message>> = []
    private var nextID = 1
    private(set) var isFinished = false

    init(
        history: Int,
        capacity: Int,
        policy: SlowReaderPolicy<Message>,
        announce: (@Sendable (BroadcastPresence) -> Message?)?
    ) {
        self.historyLength = history
        self.capacity = capacity
        self.policy = policy
        self.announce = announce
    }

    /// Who is there, in the order in which they came.
    var readers: [BroadcastReader] {
        self.seats.values.filter(\.isPresent).map(\.reader).sorted { $0.id < $1.id }
    }

    var recent: [Message] {
        self.history.map(\.message)
    }

    func missed(by reader: BroadcastReader) -> Int {
        self.seats[reader.id]?.buffer.missed ?? 0
    }

    // MARK: Messages

    mutating func publish(_ message: Message) -> [Wakeup] {
        guard !self.isFinished else { return [] }
        var wakeups: [Wakeup] = []
        for reader in self.deliver(message, mayDrop: true, &wakeups) {
            wakeups += self.tell(of: .left(reader))
        }
        return wakeups
    }

    /// Announces a change to everybody. Nobody is dropped by that: many who are dropped or leave at once would take with
    /// them those who read as fast as they can.
    private mutating func tell(of change: BroadcastPresence) -> [Wakeup] {
        guard !self.isFinished, let announcement = self.announce?(change) else { return [] }
        var wakeups: [Wakeup] = []
        _ = self.deliver(announcement, mayDrop: false, &wakeups)
        return wakeups
    }

    /// Gives a message to everybody.
    ///
    /// - Returns: who was dropped.
    private mutating func deliver(
        _ message: Message,
        mayDrop: Bool,
        _ wakeups: inout [Wakeup]
    ) -> [BroadcastReader] {
        let shared = SharedMessage(message)
        if self.historyLength > 0 {
            if self.history.count >= self.historyLength { self.history.removeFirst() }
            self.history.append(shared)
        }
        var dropped: [BroadcastReader] = []
        var index = self.seats.startIndex
        while index != self.seats.endIndex {
            if self.seats.values[index].buffer.offer(shared, mayDrop: mayDrop) == .drop {
                self.seats.values[index].isPresent = false
                dropped.append(self.seats.values[index].reader)
            }
            if let wakeup = self.seats.values[index].wakeup() { wakeups.append(wakeup) }
            self.seats.formIndex(after: &index)
        }
        return dropped
    }

    mutating func finish(_ last: Message?) -> [Wakeup] {
        var wakeups = last.map { self.publish($0) } ?? []
        self.isFinished = true
        self.history = []
        for id in self.seats.keys.sorted() {
            self.seats[id]?.buffer.end()
            if let wakeup = self.seats[id]?.wakeup() { wakeups.append(wakeup) }
        }
        return wakeups
    }

    // MARK: Readers

    /// Lets a reader in, with the history and every message from then on.
    mutating func join(as name: String) -> (BroadcastReader, [Wakeup]) {
        let reader = BroadcastReader(id: self.nextID, name: name)
        self.nextID += 1
        var buffer = ReaderBuffer(capacity: self.capacity, policy: self.policy, history: self.history)
        if self.isFinished { buffer.end() }
        self.seats[reader.id] = Seat(reader: reader, buffer: buffer)
        return (reader, self.tell(of: .joined(reader)))
    }

    mutating func leave(_ reader: BroadcastReader) -> [Wakeup] {
        guard let seat = self.seats.removeValue(forKey: reader.id) else { return [] }
        var wakeups: [Wakeup] = []
        if let waiter = seat.waiter { wakeups.append(Wakeup(waiter: waiter, message: nil)) }
        if seat.isPresent { wakeups += self.tell(of: .left(reader)) }
        return wakeups
    }

    enum NextAction {
        case message(Message?)
        case wait
    }

    /// What a reader is to see next; `waiter` is kept where there is nothing yet.
    mutating func next(for reader: BroadcastReader, waiter: Waiter? = nil) -> NextAction {
        guard var seat = self.seats.removeValue(forKey: reader.id) else { return .message(nil) }
        defer { self.seats[reader.id] = seat }
        switch seat.buffer.next() {
        case .message(let message):
            return .message(message)
        case .end:
            return .message(nil)
        case .wait:
            seat.waiter = waiter
            return .wait
        }
    }

    /// The task that reads was cancelled: nothing is kept for it any more.
    mutating func cancel(_ reader: BroadcastReader) -> Wakeup? {
        self.seats[reader.id]?.buffer.cancel()
        return self.seats[reader.id]?.wakeup()
    }
}
