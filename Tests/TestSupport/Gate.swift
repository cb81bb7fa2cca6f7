import NIOConcurrencyHelpers

/// Holds a responder back until the test lets it go on, and tells the test what became of it.
package final class Gate: Sendable {
    private struct State {
        var isOpen = false
        var hasEntered = false
        var isCancelled = false
        var held: [CheckedContinuation<Void, any Error>] = []
        var watching: [(condition: @Sendable (State) -> Bool, continuation: CheckedContinuation<Void, Never>)] = []
    }

    private let state = NIOLockedValueBox(State())

    package init() {}

    /// Waits until the gate is opened, in the responder.
    ///
    /// - Throws: `CancellationError` when the task is cancelled meanwhile.
    package func wait() async throws {
        try await withTaskCancellationHandler {
            try await withCheckedThrowingContinuation { (continuation: CheckedContinuation<Void, any Error>) in
                var passes = false
                self.update { state in
                    state.hasEntered = true
                    passes = state.isOpen || state.isCancelled
                    if !passes { state.held.append(continuation) }
                }
                if passes { continuation.resume() }
            }
        } onCancel: {
            var held: [CheckedContinuation<Void, any Error>] = []
            self.update { state in
                state.isCancelled = true
                held = state.held
                state.held = []
            }
            for continuation in held { continuation.resume(throwing: CancellationError()) }
        }
    }

    /// Lets everybody pass, now and later.
    package func open() {
        var held: [CheckedContinuation<Void, any Error>] = []
        self.update { state in
            state.isOpen = true
            held = state.held
            state.held = []
        }
        for continuation in held { continuation.resume() }
    }

    /// Waits until somebody stands at the gate.
    package func entered() async {
        await self.watch { $0.hasEntered }
    }

    /// Waits until somebody was cancelled at the gate.
    package func cancelled() async {
        await self.watch { $0.isCancelled }
    }

    private func watch(_ condition: @escaping @Sendable (State) -> Bool) async {
        await withCheckedContinuation { continuation in
            let isMet = self.state.withLockedValue { state in
                if condition(state) { return true }
                state.watching.append((condition, continuation))
                return false
            }
            if isMet { continuation.resume() }
        }
    }

    private func update(_ change: (inout State) -> Void) {
        let met = self.state.withLockedValue { state in
            change(&state)
            let current = state
            let met = state.watching.filter { $0.condition(current) }
            state.watching.removeAll { $0.condition(current) }
            return met
        }
        for (_, continuation) in met { continuation.resume() }
    }
}
