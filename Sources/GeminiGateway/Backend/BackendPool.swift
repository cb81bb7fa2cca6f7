import NIOConcurrencyHelpers
import NIOCore

/// Connections to a daemon that wait for another request. Thread-safe.
///
/// A daemon that serves one connection at a time goes on holding one that is kept, so nothing is kept while a request waits
/// for an answer on a connection of its own.
final class BackendPool: Sendable {
    private struct State {
        var kept: [BackendConnection] = []
        /// The requests that wait on new connections.
        var waiting = 0
    }

    private let limit: Int
    private let timeout: TimeAmount
    private let state = NIOLockedValueBox(State())

    init(limit: Int, timeout: TimeAmount) {
        self.limit = limit
        self.timeout = timeout
    }

    /// The connection that was used last, if there is one that still lives.
    func take() async -> BackendConnection? {
        while let connection = self.state.withLockedValue({ $0.kept.popLast() }) {
            if await connection.wake() { return connection }
        }
        return nil
    }

    func put(_ connection: BackendConnection) {
        let isKept = self.state.withLockedValue { state in
            guard state.waiting == 0, state.kept.count < self.limit else { return false }
            // Before anybody can take it.
            connection.keep(for: self.timeout)
            state.kept.append(connection)
            return true
        }
        guard isKept else { return connection.fail(CancellationError()) }
        connection.whenClosed { [weak self, weak connection] in
            guard let self, let connection else { return }
            self.state.withLockedValue { state in state.kept.removeAll { $0 === connection } }
        }
    }

    /// A request that waits on a new connection, until it is answered or nobody holds this any more: one that is kept may
    /// stand in its way.
    final class Wait: Sendable {
        private let pool: BackendPool
        private let isOver = NIOLockedValueBox(false)

        init(in pool: BackendPool) {
            self.pool = pool
            pool.state.withLockedValue { $0.waiting += 1 }
        }

        deinit {
            self.end()
        }

        func end() {
            let wasOver = self.isOver.withLockedValue { isOver in
                defer { isOver = true }
                return isOver
            }
            if !wasOver { self.pool.state.withLockedValue { $0.waiting -= 1 } }
        }
    }
}
