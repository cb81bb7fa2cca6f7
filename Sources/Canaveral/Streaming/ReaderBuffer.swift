import NIOCore

/// The messages that wait for one reader of a ``Broadcast``: as many as fit, and how many did not.
struct ReaderBuffer<Message: Sendable> {
    private enum Entry {
        case message(SharedMessage<Message>)
        /// So many are missing here.
        case missed(Int)
    }

    private let capacity: Int
    private let policy: SlowReaderPolicy<Message>
    private var entries: CircularBuffer<Entry>
    private var messageCount: Int
    private var isEnded = false
    /// All that were lost so far.
    private(set) var missed = 0

    /// - Parameters:
    ///   - capacity: how many messages may wait, besides those that wait from the beginning.
    ///   - history: what waits from the beginning.
    init(
        capacity: Int,
        policy: SlowReaderPolicy<Message>,
        history: some Collection<SharedMessage<Message>>
    ) {
        self.capacity = capacity + history.count
        self.policy = policy
        self.entries = CircularBuffer(history.map { .message($0) })
        self.messageCount = history.count
    }

    enum OfferAction: Equatable {
        case none
        /// The reader was too slow once too often: it has left, as far as the others are concerned.
        case drop
    }

    /// A message for this reader.
    ///
    /// - Parameter mayDrop: whether it is one that a reader is dropped for who has no room for it.
    mutating func offer(_ message: SharedMessage<Message>, mayDrop: Bool = true) -> OfferAction {
        guard !self.isEnded else { return .none }
        guard self.messageCount >= self.capacity else {
            self.append(message)
            return .none
        }
        switch self.policy.kind {
        case .drop where !mayDrop:
            break
        case .drop(let last):
            self.cancel()
            if let last { self.append(SharedMessage(last)) }
            return .drop
        case .skipOldest:
            var gap = 1
            if case .missed(let count)? = self.entries.first {
                self.entries.removeFirst()
                gap += count
            }
            self.entries.removeFirst()
            self.messageCount -= 1
            self.entries.prepend(.missed(gap))
            self.append(message)
        case .skipNewest:
            var gap = 1
            if case .missed(let count)? = self.entries.last {
                self.entries.removeLast()
                gap += count
            }
            self.entries.append(.missed(gap))
        }
        self.missed += 1
        return .none
    }

    private mutating func append(_ message: SharedMessage<Message>) {
        self.entries.append(.message(message))
        self.messageCount += 1
    }

    /// No message comes any more; those that wait are still to be had.
    mutating func end() {
        self.isEnded = true
    }

    /// The reader wants no more.
    mutating func cancel() {
        self.isEnded = true
        self.entries = CircularBuffer()
        self.messageCount = 0
    }

    enum NextAction {
        case message(Message)
        case end
        /// Nothing is there yet.
        case wait
    }

    /// The next thing that the reader is to see.
    mutating func next() -> NextAction {
        while let entry = self.entries.popFirst() {
            switch entry {
            case .message(let shared):
                self.messageCount -= 1
                return .message(shared.message)
            case .missed(let count):
                if let notice = self.policy.notice?(count) { return .message(notice) }
            }
        }
        return self.isEnded ? .end : .wait
    }
}
