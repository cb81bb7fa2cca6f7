import NIOConcurrencyHelpers
import NIOCore

/// The open connections of a listener, of which the ones that have to give way are closed. Thread-safe.
final class OpenConnections: Sendable {
    private struct State {
        var slots: ConnectionSlots
        var channels: [ConnectionSlots.ID: any Channel] = [:]
        var lastID: ConnectionSlots.ID = 0
    }

    /// A connection's own place among the others.
    struct Place: Sendable {
        fileprivate let connections: OpenConnections
        fileprivate let id: ConnectionSlots.ID

        func move(to phase: ConnectionSlots.Phase) {
            self.connections.state.withLockedValue { $0.slots.move(self.id, to: phase) }
        }
    }

    private let state: NIOLockedValueBox<State>

    init(capacity: Int) {
        self.state = NIOLockedValueBox(State(slots: ConnectionSlots(capacity: capacity)))
    }

    var count: Int {
        self.state.withLockedValue { $0.slots.count }
    }

    /// Counts a connection in until it is closed.
    func add(_ channel: any Channel) -> Place {
        let (id, leaving) = self.state.withLockedValue { state -> (ConnectionSlots.ID, (any Channel)?) in
            state.lastID += 1
            state.channels[state.lastID] = channel
            guard case .close(let other) = state.slots.enter(state.lastID) else { return (state.lastID, nil) }
            return (state.lastID, state.channels.removeValue(forKey: other))
        }
        leaving?.close(promise: nil)
        channel.closeFuture.whenComplete { _ in
            self.state.withLockedValue { state in
                state.slots.leave(id)
                state.channels[id] = nil
            }
        }
        return Place(connections: self, id: id)
    }
}
