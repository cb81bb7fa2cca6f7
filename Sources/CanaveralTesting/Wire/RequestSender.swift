import NIOConcurrencyHelpers
import NIOCore

/// The pieces of a request, each sent when the other side reads. Thread-safe.
final class RequestSender: Sendable {
    private struct State {
        var pieces: ArraySlice<ByteBuffer>
        var sent = 0
        /// What was read with something before it.
        var unread: ByteBuffer?
    }

    private let between: (@Sendable (Int) async throws -> Void)?
    private let state: NIOLockedValueBox<State>

    init(_ call: Call) {
        self.between = call.faults.betweenPieces
        self.state = NIOLockedValueBox(State(pieces: call.pieces[...]))
    }

    /// The next bytes; `nil` when the client sends no more.
    func next() async throws -> ByteBuffer? {
        let (unread, sent) = self.state.withLockedValue { state in
            defer { state.unread = nil }
            return (state.unread, state.pieces.isEmpty ? 0 : state.sent)
        }
        if let unread { return unread }
        if sent > 0 { try await self.between?(sent) }
        return self.state.withLockedValue { state in
            let piece = state.pieces.popFirst()
            state.sent += piece?.readableBytes ?? 0
            return piece
        }
    }

    /// Keeps the rest of a piece for the next reader.
    func putBack(_ piece: ByteBuffer, after count: Int) {
        let rest = piece.getSlice(at: piece.readerIndex + count, length: piece.readableBytes - count)
        self.state.withLockedValue { $0.unread = rest.flatMap { $0.readableBytes > 0 ? $0 : nil } }
    }

    /// The bytes that were put back.
    var readableBytes: Int {
        self.state.withLockedValue { $0.unread?.readableBytes ?? 0 }
    }
}
