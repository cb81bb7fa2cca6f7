import NIOConcurrencyHelpers

/// Messages to everybody who reads a page right now: for chats, scores, and other pages that live.
///
/// ```swift
/// let chat = Broadcast<Gemtext>(history: 20, slowReaders: .drop(last: "You were too slow.")) { change in
///     switch change {
///     case .joined(let reader): "* \(reader.name) has joined"
///     case .left(let reader): "* \(reader.name) has left"
///     }
/// }
///
/// routes.page("/chat/{name}") { (context, name: String) in
///     .stream { page in
///         try await page.write("# Chat")
///         try await chat.join(as: name) { messages in
///             for await message in messages {
///                 try await page.write(message)
///             }
///         }
///     }
/// }
/// routes.page("/say/{name}") { (context, name: String) in
///     let words = try context.input("Your message")
///     chat.publish("\(name): \(words)")
///     return .redirect(to: ...)
/// }
/// ```
///
/// Publishing waits for nobody. For each reader a bounded number of messages waits while it takes its time; what happens
/// beyond that is the choice of a ``SlowReaderPolicy``. A message is in memory once, for however many it waits.
/// Thread-safe.
public final class Broadcast<Message: Sendable>: Sendable {
    private let state: NIOLockedValueBox<BroadcastState<Message>>

    /// - Parameters:
    ///   - history: how many of the last messages somebody who joins gets first.
    ///   - buffer: how many messages may wait for one reader, besides the history that it got.
    ///   - slowReaders: what becomes of a reader for whom more would wait.
    ///   - announce: makes a message of somebody's coming or going, which everybody gets, the newcomer too; without it
    ///     nobody is told. A reader without room misses it, and is not dropped for it. It must not use the broadcast.
    public init(
        history: Int = 0,
        buffer: Int = 64,
        slowReaders: SlowReaderPolicy<Message> = .skipOldest,
        announce: (@Sendable (BroadcastPresence) -> Message?)? = nil
    ) {
        precondition(history >= 0, "A broadcast's history holds 0 messages or more, not \(history).")
        precondition(buffer > 0, "A broadcast keeps at least one message for a reader, not \(buffer).")
        self.state = NIOLockedValueBox(
            BroadcastState(history: history, capacity: buffer, policy: slowReaders, announce: announce)
        )
    }

    // MARK: Messages

    /// Gives a message to everybody who is there. It returns at once; after ``finish(_:)`` it does nothing.
    public func publish(_ message: Message) {
        self.update { $0.publish(message) }
    }

    /// Ends the messages of everybody, once each has read what waits for it, and of those who join later at once.
    ///
    /// - Parameter last: one more message for everybody before.
    public func finish(_ last: Message? = nil) {
        self.update { $0.finish(last) }
    }

    /// The last messages, which somebody who joined now would get.
    public var history: [Message] {
        self.state.withLockedValue { $0.recent }
    }

    // MARK: Readers

    /// Who is there, in the order in which they came. A reader that was dropped is not.
    public var readers: [BroadcastReader] {
        self.state.withLockedValue { $0.readers }
    }

    /// Reads for as long as the closure runs.
    ///
    /// The messages begin with the history, and go on with each that is published from then on: none is lost or doubled
    /// between the two. However the closure ends, the reader has left then.
    ///
    /// - Parameters:
    ///   - name: what the others know the reader by.
    ///   - body: takes the messages. It is not interrupted when they end: a reader who is dropped while it writes to a
    ///     client that does not read waits for that still, until the client's time is over.
    public func join<Result>(
        as name: String = "",
        _ body: (BroadcastMessages<Message>) async throws -> Result
    ) async rethrows -> Result {
        let (reader, wakeups) = self.state.withLockedValue { $0.join(as: name) }
        for wakeup in wakeups { wakeup.resume() }
        defer { self.update { $0.leave(reader) } }
        return try await body(BroadcastMessages(broadcast: self, reader: reader))
    }

    // MARK: For the messages of one reader

    func missed(by reader: BroadcastReader) -> Int {
        self.state.withLockedValue { $0.missed(by: reader) }
    }

    func next(for reader: BroadcastReader) async -> Message? {
        await withTaskCancellationHandler {
            if case .message(let message) = self.state.withLockedValue({ $0.next(for: reader) }) { return message }
            return await withCheckedContinuation { waiter in
                let action = self.state.withLockedValue { $0.next(for: reader, waiter: waiter) }
                if case .message(let message) = action { waiter.resume(returning: message) }
            }
        } onCancel: {
            self.state.withLockedValue { $0.cancel(reader) }?.resume()
        }
    }

    private func update(_ change: (inout BroadcastState<Message>) -> [BroadcastState<Message>.Wakeup]) {
        for wakeup in self.state.withLockedValue({ change(&$0) }) { wakeup.resume() }
    }
}
