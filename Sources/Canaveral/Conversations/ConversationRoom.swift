import NIOConcurrencyHelpers

/// How many conversations of a route may still begin.
///
/// Counts what the store holds only when as many have begun as there was room for, so that beginning is cheap.
final class ConversationRoom: Sendable {
    private struct State {
        var free = 0
        /// After a count that left no room, when to count again.
        var countsAgainAt: Duration?
    }

    private let state = NIOLockedValueBox(State())

    /// - Returns: whether one more may begin. At most as many too many begin as ask at the same moment.
    func enter(_ maximum: Int, prefix: String, of store: any Store, uptime: Duration) async throws -> Bool {
        let answer: Bool? = self.state.withLockedValue { state in
            if state.free > 0 {
                state.free -= 1
                return true
            }
            guard let next = state.countsAgainAt, uptime < next else { return nil }
            return false
        }
        if let answer { return answer }
        let count = try await store.keys(in: "conversations", prefix: prefix, limit: maximum).count
        return self.state.withLockedValue { state in
            state.free = max(0, maximum - count - 1)
            state.countsAgainAt = count < maximum ? nil : uptime + .seconds(1)
            return count < maximum
        }
    }
}
