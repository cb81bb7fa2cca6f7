/// The messages for one reader of a ``Broadcast``, in the order in which they were published.
///
/// They end when the broadcast is finished, when the reader is dropped for being slow, and when the task that waits for
/// the next one is cancelled. Not `Sendable`, since it is for one reader.
public struct BroadcastMessages<Message: Sendable>: AsyncSequence {
    public typealias Element = Message
    public typealias Failure = Never

    private let broadcast: Broadcast<Message>

    /// Whose they are.
    public let reader: BroadcastReader

    init(broadcast: Broadcast<Message>, reader: BroadcastReader) {
        self.broadcast = broadcast
        self.reader = reader
    }

    /// How many messages the reader has lost so far by being slow.
    public var missed: Int {
        self.broadcast.missed(by: self.reader)
    }

    public func makeAsyncIterator() -> Iterator {
        Iterator(broadcast: self.broadcast, reader: self.reader)
    }

    public struct Iterator: AsyncIteratorProtocol {
        let broadcast: Broadcast<Message>
        let reader: BroadcastReader

        public mutating func next(isolation actor: isolated (any Actor)?) async -> Message? {
            await self.broadcast.next(for: self.reader)
        }

        public mutating func next() async -> Message? {
            await self.broadcast.next(for: self.reader)
        }
    }
}
