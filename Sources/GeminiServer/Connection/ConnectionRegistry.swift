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
    private var isStopping = false
    private var isClosed = false
    private var unacknowledged: [ConnectionHandler] = []

    init(eventLoop: any EventLoop) {
        self.eventLoop = eventLoop
    }

    func add(_ connection: ConnectionHandler) {
        connection.registryIndex = self.connections.count
        self.connections.append(connection)
        if self.isClosed {  // accepted at the very moment of the end
            self.eventLoop.assumeIsolated().execute { connection.abort() }
        } else {
            if self.isStopping { connection.shutDown() }
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

    /// Has the client's last bytes of the handshake acknowledged, unless its request comes within a moment.
    ///
    /// At the end of a TLS 1.3 handshake the client sends its Finished, and we have nothing to say until its request
    /// comes. A client that leaves Nagle's algorithm on, as Python's do, holds the request back until the Finished is
    /// acknowledged, which the kernel by itself does 40 ms later. To ask for it at once would cost a packet for each of
    /// the many clients that need none, so it is asked for all that still wait after two milliseconds.
    func acknowledgeSoon(_ connection: ConnectionHandler) {
        self.unacknowledged.append(connection)
        guard self.unacknowledged.count == 1 else { return }
        self.eventLoop.assumeIsolated().scheduleTask(in: .milliseconds(2)) {
            let connections = self.unacknowledged
            self.unacknowledged.removeAll(keepingCapacity: true)
            for connection in connections { connection.acknowledgeHandshake() }
        }
    }

    /// Has each connection decide whether it has anything to finish.
    func shutDown() {
        self.isStopping = true
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
