public import GeminiProtocol
import NIOConcurrencyHelpers

/// A clock that stands still until a test moves it. Any task.
///
/// ```swift
/// try await clock.untilSleeping()         // the job has done its round, and sleeps
/// clock.advance(by: .seconds(3600))       // it wakes
/// ```
public final class ManualClock: Sendable {
    private struct Sleeper {
        let id: Int
        let deadline: Duration
        let continuation: CheckedContinuation<Void, any Error>
    }

    private struct Observer {
        let id: Int
        let count: Int
        let continuation: CheckedContinuation<Void, any Error>
    }

    private struct State {
        var uptime: Duration = .zero
        var sleepers: [Sleeper] = []
        var observers: [Observer] = []
        var cancelled: Set<Int> = []
        var nextID = 0
    }

    private let start: Timestamp
    private let state = NIOLockedValueBox(State())

    /// - Parameter now: the time of day that it shows at first.
    public init(now: Timestamp) {
        self.start = now
    }

    /// The time of day, in whole seconds.
    public var now: Timestamp {
        self.start + self.uptime
    }

    /// How far it has been moved.
    public var uptime: Duration {
        self.state.withLockedValue { $0.uptime }
    }

    /// Moves time on, and wakes everybody who has slept long enough by then, in the order of their alarms.
    public func advance(by duration: Duration) {
        let due = self.state.withLockedValue { state in
            state.uptime += duration
            let now = state.uptime
            let due = state.sleepers.filter { $0.deadline <= now }
            state.sleepers.removeAll { $0.deadline <= now }
            return due.sorted { ($0.deadline, $0.id) < ($1.deadline, $1.id) }
        }
        for sleeper in due { sleeper.continuation.resume() }
    }

    /// Waits until as many tasks sleep on this clock: then everything that was to happen before has happened.
    ///
    /// - Parameter limit: how long to wait, by the machine's clock.
    /// - Throws: ``ManualClockError`` when the limit is reached, and `CancellationError`.
    public func untilSleeping(_ count: Int = 1, within limit: Duration = .seconds(10)) async throws {
        let id = self.makeID()
        let alarm = Task {
            try await Task.sleep(for: limit)
            self.dismissObserver(id, ManualClockError.nobodySleeps(expected: count, sleeping: self.sleeperCount))
        }
        defer { alarm.cancel() }
        try await withTaskCancellationHandler {
            try await withCheckedThrowingContinuation { (continuation: CheckedContinuation<Void, any Error>) in
                let result = self.state.withLockedValue { state -> Result<Void, any Error>? in
                    if state.cancelled.remove(id) != nil { return .failure(CancellationError()) }
                    if state.sleepers.count >= count { return .success(()) }
                    state.observers.append(Observer(id: id, count: count, continuation: continuation))
                    return nil
                }
                if let result { continuation.resume(with: result) }
            }
        } onCancel: {
            self.dismissObserver(id, CancellationError())
        }
    }

    /// Waits until the clock has been moved on by this much.
    ///
    /// - Throws: `CancellationError`.
    public func sleep(for duration: Duration) async throws {
        try Task.checkCancellation()
        guard duration > .zero else { return }
        let id = self.makeID()
        try await withTaskCancellationHandler {
            try await withCheckedThrowingContinuation { (continuation: CheckedContinuation<Void, any Error>) in
                let (isCancelled, observers) = self.state.withLockedValue { state -> (Bool, [Observer]) in
                    if state.cancelled.remove(id) != nil { return (true, []) }
                    let deadline = state.uptime + duration
                    state.sleepers.append(Sleeper(id: id, deadline: deadline, continuation: continuation))
                    let count = state.sleepers.count
                    defer { state.observers.removeAll { $0.count <= count } }
                    return (false, state.observers.filter { $0.count <= count })
                }
                if isCancelled { continuation.resume(throwing: CancellationError()) }
                for observer in observers { observer.continuation.resume() }
            }
        } onCancel: {
            let sleeper = self.state.withLockedValue { state -> Sleeper? in
                guard let index = state.sleepers.firstIndex(where: { $0.id == id }) else {
                    state.cancelled.insert(id)
                    return nil
                }
                return state.sleepers.remove(at: index)
            }
            sleeper?.continuation.resume(throwing: CancellationError())
        }
    }

    private var sleeperCount: Int {
        self.state.withLockedValue { $0.sleepers.count }
    }

    private func makeID() -> Int {
        self.state.withLockedValue { state in
            state.nextID += 1
            return state.nextID
        }
    }

    private func dismissObserver(_ id: Int, _ error: any Error) {
        let observer = self.state.withLockedValue { state -> Observer? in
            guard let index = state.observers.firstIndex(where: { $0.id == id }) else {
                if error is CancellationError { state.cancelled.insert(id) }
                return nil
            }
            return state.observers.remove(at: index)
        }
        observer?.continuation.resume(throwing: error)
    }
}
