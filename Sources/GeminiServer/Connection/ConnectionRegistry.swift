import NIOCore

/// The open connections of one event loop, and the loop's look at their deadlines.
///
/// A few times a second it asks each connection whether its time is up: one pass over an array costs less than a timer
/// for each connection, which every request would have to set and cancel twice. A deadline is kept to within
/// ``tick``. Event loop only.
final class ConnectionRegistry {
    static let tick = TimeAmount.milliseconds(200)

    private let eventLoop: any EventLoop
    private var connections: [ConnectionHandler] = []
    private var isTicking = false
    private var isClosed = false

    init(eventLoop: any EventLoop) {
        self.eventLoop = eventLoop
    }

    func add(_ connection: ConnectionHandler) {
        connection.registryIndex = self.connections.count
        self.connections.append(connection)
        if self.isClosed {  // accepted at the very moment of the end
            self.eventLoop.assumeIsolated().execute { connection.abort() }
        } else {
            self.scheduleTick()
        }
    }

    func remove(_ connection: ConnectionHandler) {
        let index = connection.registryIndex
        guard self.connections.indices.contains(index), self.connections[index] === connection else { return }
        self.connections.swapAt(index, self.connections.count - 1)
        self.connections[index].registryIndex = index
        self.connections.removeLast()
        connection.registryIndex = -1
    }

    /// Has each connection decide whether it has anything to finish.
    func shutDown() {
        for connection in Array(self.connections) { connection.shutDown() }
    }

    /// Ends every connection, and each that is still to come.
    func abort() {
        self.isClosed = true
        for connection in Array(self.connections) { connection.abort() }
    }

    private func scheduleTick() {
        guard !self.isTicking, !self.connections.isEmpty else { return }
        self.isTicking = true
        self.eventLoop.assumeIsolated().scheduleTask(in: Self.tick) {
            self.isTicking = false
            let now = NIODeadline.now()
            for connection in Array(self.connections) { connection.checkDeadline(now: now) }
            self.scheduleTick()
        }
    }
}
