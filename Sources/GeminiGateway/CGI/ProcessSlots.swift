import GeminiProtocol
import GeminiServer
import NIOConcurrencyHelpers
import NIOCore
import NIOPosix

/// How many requests a folder of programs or a daemon may have at once, and who waits for a place. Thread-safe.
///
/// Nobody waits behind a client that has its share (``ClientShares``).
final class ProcessSlots: Sendable {
    /// Why there is no place.
    enum Busy: ResponseError {
        /// All are taken.
        case full
        /// The client has its share of them.
        case overShare

        var response: Response {
            switch self {
            case .full: .failure(.serverUnavailable, "Too many programs are running: try again later.")
            case .overShare: ClientShares.refusal
            }
        }
    }

    private struct Waiter {
        var id: UInt64
        var client: ClientNetwork?
        var continuation: CheckedContinuation<Void, any Error>
    }

    private struct State {
        var shares: ClientShares
        /// While a place is free, all who wait have their share.
        var waiting: [Waiter] = []
        var lastID: UInt64 = 0
        /// Those that are about to wait, and whether they were cancelled already.
        var arriving: [UInt64: Bool] = [:]

        func busy(for client: ClientNetwork?) -> Busy {
            self.shares.admission(of: client) == .overShare ? .overShare : .full
        }
    }

    /// More would not get their turn in time.
    private static let mostWaiting = 1024
    /// So that no client takes the places to wait either.
    private static let mostWaitingOfOne = 128

    private let state: NIOLockedValueBox<State>

    init(count: Int) {
        self.state = NIOLockedValueBox(State(shares: ClientShares(places: count)))
    }

    /// Takes a place, waiting for one if need be.
    ///
    /// - Throws: ``Busy`` when none becomes free in time, `CancellationError` when the task is cancelled.
    func take(for client: ClientNetwork?, within limit: TimeAmount) async throws {
        let id: UInt64? = self.state.withLockedValue { state in
            guard state.shares.enter(client) != .admitted else { return nil }
            state.lastID += 1
            state.arriving[state.lastID] = false
            return state.lastID
        }
        guard let id else { return }
        try await withTaskCancellationHandler {
            try await withCheckedThrowingContinuation { (continuation: CheckedContinuation<Void, any Error>) in
                self.wait(Waiter(id: id, client: client, continuation: continuation), limit)
            }
        } onCancel: {
            self.cancel(id)
        }
    }

    /// Gives a place back that was taken for the client.
    func release(_ client: ClientNetwork?) {
        let next: CheckedContinuation<Void, any Error>? = self.state.withLockedValue { state in
            state.shares.leave(client)
            guard let index = state.waiting.firstIndex(where: { state.shares.admission(of: $0.client) == .admitted })
            else { return nil }
            let waiter = state.waiting.remove(at: index)
            _ = state.shares.enter(waiter.client)
            return waiter.continuation
        }
        next?.resume()
    }

    private enum Verdict {
        case waits, passes
        case fails(any Error)
    }

    private func wait(_ waiter: Waiter, _ limit: TimeAmount) {
        let verdict: Verdict = self.state.withLockedValue { state in
            if state.arriving.removeValue(forKey: waiter.id) == true { return .fails(CancellationError()) }
            if state.shares.enter(waiter.client) == .admitted { return .passes }
            guard state.waiting.count < Self.mostWaiting else { return .fails(state.busy(for: waiter.client)) }
            if let client = waiter.client,
                state.waiting.reduce(0, { $0 + ($1.client == client ? 1 : 0) }) >= Self.mostWaitingOfOne
            {
                return .fails(Busy.overShare)
            }
            state.waiting.append(waiter)
            return .waits
        }
        switch verdict {
        case .passes:
            waiter.continuation.resume()
        case .fails(let error):
            waiter.continuation.resume(throwing: error)
        case .waits:
            MultiThreadedEventLoopGroup.singleton.any().scheduleTask(in: limit) { self.expire(waiter.id) }
        }
    }

    /// Ends a wait that took too long.
    private func expire(_ id: UInt64) {
        let ended: (Waiter, Busy)? = self.state.withLockedValue { state in
            guard let index = state.waiting.firstIndex(where: { $0.id == id }) else { return nil }
            let waiter = state.waiting.remove(at: index)
            return (waiter, state.busy(for: waiter.client))
        }
        if let (waiter, error) = ended { waiter.continuation.resume(throwing: error) }
    }

    private func cancel(_ id: UInt64) {
        let waiter: Waiter? = self.state.withLockedValue { state in
            guard let index = state.waiting.firstIndex(where: { $0.id == id }) else {
                if state.arriving[id] != nil { state.arriving[id] = true }
                return nil
            }
            return state.waiting.remove(at: index)
        }
        waiter?.continuation.resume(throwing: CancellationError())
    }
}
