import GeminiProtocol
import GeminiServer
import NIOConcurrencyHelpers
import NIOCore
import NIOPosix

/// How many processes a folder of programs may have at once, and who waits for one. Thread-safe.
final class ProcessSlots: Sendable {
    /// All are taken.
    struct Busy: ResponseError {
        var response: Response { .failure(.serverUnavailable, "Too many programs are running: try again later.") }
    }

    private struct State {
        var free: Int
        var waiting: [(id: UInt64, continuation: CheckedContinuation<Void, any Error>)] = []
        var lastID: UInt64 = 0
        /// Those that are about to wait, and whether they were cancelled already.
        var arriving: [UInt64: Bool] = [:]
    }

    /// More would not get their turn in time.
    private static let mostWaiting = 1024

    private let state: NIOLockedValueBox<State>

    init(count: Int) {
        self.state = NIOLockedValueBox(State(free: max(1, count)))
    }

    /// Takes a place, waiting for one if need be.
    ///
    /// - Throws: ``Busy`` when none becomes free in time, `CancellationError` when the task is cancelled.
    func take(within limit: TimeAmount) async throws {
        let id: UInt64? = self.state.withLockedValue { state in
            guard state.free == 0 || !state.waiting.isEmpty else {
                state.free -= 1
                return nil
            }
            state.lastID += 1
            state.arriving[state.lastID] = false
            return state.lastID
        }
        guard let id else { return }
        try await withTaskCancellationHandler {
            try await withCheckedThrowingContinuation { (continuation: CheckedContinuation<Void, any Error>) in
                self.wait(id, continuation, limit)
            }
        } onCancel: {
            self.fail(id, with: CancellationError(), isCancellation: true)
        }
    }

    func release() {
        let next: CheckedContinuation<Void, any Error>? = self.state.withLockedValue { state in
            guard !state.waiting.isEmpty else {
                state.free += 1
                return nil
            }
            return state.waiting.removeFirst().continuation
        }
        next?.resume()
    }

    private enum Verdict {
        case waits, passes
        case fails(any Error)
    }

    private func wait(_ id: UInt64, _ continuation: CheckedContinuation<Void, any Error>, _ limit: TimeAmount) {
        let verdict: Verdict = self.state.withLockedValue { state in
            if state.arriving.removeValue(forKey: id) == true { return .fails(CancellationError()) }
            if state.free > 0 {
                state.free -= 1
                return .passes
            }
            guard state.waiting.count < Self.mostWaiting else { return .fails(Busy()) }
            state.waiting.append((id, continuation))
            return .waits
        }
        switch verdict {
        case .passes:
            continuation.resume()
        case .fails(let error):
            continuation.resume(throwing: error)
        case .waits:
            MultiThreadedEventLoopGroup.singleton.any().scheduleTask(in: limit) {
                self.fail(id, with: Busy(), isCancellation: false)
            }
        }
    }

    private func fail(_ id: UInt64, with error: any Error, isCancellation: Bool) {
        let continuation: CheckedContinuation<Void, any Error>? = self.state.withLockedValue { state in
            guard let index = state.waiting.firstIndex(where: { $0.id == id }) else {
                if isCancellation, state.arriving[id] != nil { state.arriving[id] = true }
                return nil
            }
            return state.waiting.remove(at: index).continuation
        }
        continuation?.resume(throwing: error)
    }
}
