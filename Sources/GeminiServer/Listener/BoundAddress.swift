import NIOCore

/// A listening socket with the channels that accept from it, one of each event loop that does.
struct BoundAddress: Sendable {
    let socket: ListeningSocket
    let channels: [any Channel]
    /// Where it listens, or did, with the port that the system picked.
    let address: SocketAddress?

    /// How long the queue of the socket may take to empty: far longer than event loops need, however busy.
    private static let patience = TimeAmount.milliseconds(100)

    /// How long handshakes that have begun may take until they are in the queue, where somebody else goes on.
    private static let settling = TimeAmount.milliseconds(100)

    init(socket: ListeningSocket, channels: [any Channel]) {
        self.socket = socket
        self.channels = channels
        self.address = channels.first?.localAddress
    }

    /// Stops listening.
    ///
    /// The kernel resets what waits in the queue of a socket when it closes. So the last descriptor of it is closed at a
    /// moment when nothing waits. Where another socket has the address too (`SO_REUSEPORT`), nobody new is let into the queue
    /// before that, so that no client is lost; one that comes in this tenth of a second is let in by the other a second later.
    /// What waits in the queue of an inherited socket is left to whoever accepts from it next.
    ///
    /// - Parameter hasSuccessor: whether another socket has the address.
    func close(hasSuccessor: Bool = false) async {
        self.socket.removeFile()
        for channel in self.channels.dropLast() { try? await channel.close() }
        guard let last = self.channels.last else { return }
        if hasSuccessor { self.socket.dropNewcomers() }
        let closed = last.eventLoop.makePromise(of: Void.self)
        let wait = hasSuccessor && !self.socket.isUnix && !self.socket.isInherited ? Self.settling : .zero
        last.eventLoop.scheduleTask(in: wait) { self.close(last, by: .now() + Self.patience, closed) }
        try? await closed.futureResult.get()
    }

    private func close(_ last: any Channel, by end: NIODeadline, _ closed: EventLoopPromise<Void>) {
        guard self.socket.isInherited || !self.socket.hasWaiting || .now() > end else {
            last.eventLoop.scheduleTask(in: .milliseconds(1)) { self.close(last, by: end, closed) }
            return
        }
        self.socket.close()
        last.close(promise: closed)
    }
}
