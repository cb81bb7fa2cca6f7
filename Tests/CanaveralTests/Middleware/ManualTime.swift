import Canaveral
import GeminiProtocol
import NIOConcurrencyHelpers

/// Clocks that move when a test says so. A `sleep` waits until they have.
final class ManualTime: Sendable {
    private struct State {
        var uptime: Duration = .seconds(1000)
        var wall: Duration = .seconds(1_767_225_600)  // 2026-01-01T00:00:00Z
        var sleepers: [UInt64: (until: Duration, continuation: CheckedContinuation<Void, any Error>)] = [:]
        var cancelled: Set<UInt64> = []
        var lastID: UInt64 = 0
    }

    private let state = NIOLockedValueBox(State())

    var environment: AppEnvironment {
        AppEnvironment(
            now: { Timestamp(secondsSinceEpoch: self.state.withLockedValue { $0.wall.components.seconds }) },
            uptime: { self.state.withLockedValue { $0.uptime } },
            sleep: { try await self.sleep($0) },
            randomBytes: { [UInt8](repeating: 7, count: $0) }
        )
    }

    /// How long those who sleep have still to sleep, the shortest first.
    var sleepers: [Duration] {
        self.state.withLockedValue { state in state.sleepers.values.map { $0.until - state.uptime }.sorted() }
    }

    /// Lets time pass, and wakes those whose time has come.
    func advance(by duration: Duration) {
        let woken = self.state.withLockedValue { state in
            state.uptime += duration
            state.wall += duration
            let due = state.sleepers.filter { $0.value.until <= state.uptime }
            for id in due.keys { state.sleepers[id] = nil }
            return due.values.map(\.continuation)
        }
        for continuation in woken { continuation.resume() }
    }

    /// Sets the clock of the wall, as people and time servers do; no time passes by that.
    func setClock(aheadBy duration: Duration) {
        self.state.withLockedValue { $0.wall += duration }
    }

    private func sleep(_ duration: Duration) async throws {
        let id = self.state.withLockedValue { state in
            state.lastID += 1
            return state.lastID
        }
        try await withTaskCancellationHandler {
            try await withCheckedThrowingContinuation { (continuation: CheckedContinuation<Void, any Error>) in
                let result = self.state.withLockedValue { state -> Result<Void, any Error>? in
                    if state.cancelled.contains(id) { return .failure(CancellationError()) }
                    if duration <= .zero { return .success(()) }
                    state.sleepers[id] = (state.uptime + duration, continuation)
                    return nil
                }
                if let result { continuation.resume(with: result) }
            }
        } onCancel: {
            let sleeper = self.state.withLockedValue { state in
                state.cancelled.insert(id)
                return state.sleepers.removeValue(forKey: id)
            }
            sleeper?.continuation.resume(throwing: CancellationError())
        }
    }
}
