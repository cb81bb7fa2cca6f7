import NIOConcurrencyHelpers
import NIOCore

/// The bytes of a response between whoever produces them and the test that reads them, at its pace. Thread-safe.
final class Inbox: Sendable {
    /// How a response ended.
    enum End: Sendable {
        /// As it should, with close_notify.
        case whole
        case brokenOff
        /// The client went, at the byte that its ``Faults`` name.
        case cut
        case failed(any Error)
    }

    private struct State {
        var waiting = ByteBuffer()
        var received = 0
        var end: End?
        var hasLeft = false
        var reader: CheckedContinuation<ByteBuffer?, any Error>?
        var isReaderCancelled = false
        var forRoom: [@Sendable (Result<Void, any Error>) -> Void] = []
        var whenLeft: [@Sendable () -> Void] = []
    }

    /// Bytes that wait for the reader before the producer does.
    private static let window = 64 * 1024

    private let limit: Int?
    private let state = NIOLockedValueBox(State())

    /// - Parameter limit: the bytes after which the client is gone.
    init(limit: Int? = nil) {
        self.limit = limit
    }

    /// How it ended, once ``next()`` has returned `nil`.
    var end: End? {
        self.state.withLockedValue { $0.end }
    }

    // MARK: The producer's side

    /// Takes bytes.
    ///
    /// - Parameter room: called when there is room for more, maybe at once, or with an error when there never will be.
    func append(_ bytes: ByteBuffer, _ room: @escaping @Sendable (Result<Void, any Error>) -> Void) {
        let actions = self.state.withLockedValue { state -> [() -> Void] in
            guard !state.hasLeft, state.end == nil else { return [{ room(.failure(ChannelError.ioOnClosedChannel)) }] }
            var bytes = bytes
            let allowed = self.limit.map { $0 - state.received } ?? bytes.readableBytes
            if bytes.readableBytes >= allowed, self.limit != nil {
                bytes = bytes.readSlice(length: max(0, allowed)) ?? ByteBuffer()
                state.end = .cut
            }
            state.received += bytes.readableBytes
            state.waiting.writeImmutableBuffer(bytes)
            var actions = self.wake(&state)
            if state.end != nil {
                actions.append { room(.success(())) }
                actions += Self.leave(&state)
            } else if state.waiting.readableBytes < Self.window {
                actions.append { room(.success(())) }
            } else {
                state.forRoom.append(room)
            }
            return actions
        }
        for action in actions { action() }
    }

    /// Takes bytes, and returns when there is room for more.
    func send(_ bytes: ByteBuffer) async throws {
        try await withCheckedThrowingContinuation { continuation in
            self.append(bytes) { continuation.resume(with: $0) }
        }
    }

    /// Nothing more comes.
    func finish(_ end: End) {
        let actions = self.state.withLockedValue { state -> [() -> Void] in
            guard state.end == nil else { return [] }
            state.end = end
            return self.wake(&state)
        }
        for action in actions { action() }
    }

    /// Calls the closure when the reader has left, at once if it has already.
    func whenLeft(_ action: @escaping @Sendable () -> Void) {
        let isLate = self.state.withLockedValue { state in
            if !state.hasLeft { state.whenLeft.append(action) }
            return state.hasLeft
        }
        if isLate { action() }
    }

    // MARK: The reader's side

    /// The next bytes, never none; `nil` at the end, of which ``end`` tells.
    func next() async throws -> ByteBuffer? {
        try await withTaskCancellationHandler {
            try await withCheckedThrowingContinuation { continuation in
                let actions = self.state.withLockedValue { state -> [() -> Void] in
                    guard !state.isReaderCancelled else {
                        return [{ continuation.resume(throwing: CancellationError()) }]
                    }
                    state.reader = continuation
                    return self.wake(&state)
                }
                for action in actions { action() }
            }
        } onCancel: {
            let reader = self.state.withLockedValue { state in
                state.isReaderCancelled = true
                defer { state.reader = nil }
                return state.reader
            }
            reader?.resume(throwing: CancellationError())
            self.leave()
        }
    }

    /// The client goes, whether or not the response is whole.
    func leave() {
        let actions = self.state.withLockedValue { Self.leave(&$0) }
        for action in actions { action() }
    }

    /// Gives the reader what there is, and the producer the room that this makes.
    private func wake(_ state: inout State) -> [() -> Void] {
        guard let reader = state.reader else { return [] }
        if state.waiting.readableBytes > 0 {
            let bytes = state.waiting
            state.waiting = ByteBuffer()
            state.reader = nil
            let room = state.forRoom
            state.forRoom = []
            return [{ reader.resume(returning: bytes) }] + room.map { room in { room(.success(())) } }
        }
        guard state.end != nil || state.hasLeft else { return [] }
        state.reader = nil
        if case .failed(let error) = state.end { return [{ reader.resume(throwing: error) }] }
        return [{ reader.resume(returning: nil) }]
    }

    private static func leave(_ state: inout State) -> [() -> Void] {
        guard !state.hasLeft else { return [] }
        state.hasLeft = true
        let (room, left) = (state.forRoom, state.whenLeft)
        state.forRoom = []
        state.whenLeft = []
        return room.map { room in { room(.failure(ChannelError.ioOnClosedChannel)) } } + left.map { left in { left() } }
    }
}
