import NIOCore

/// A listening socket with the channels that accept from it, one of each event loop that does.
struct BoundAddress: Sendable {
    let socket: ListeningSocket
    let channels: [any Channel]
    /// Where it listens, or did, with the port that the system picked.
    let address: SocketAddress?

    /// How long the queue of the socket may take to empty: far longer than event loops need, however busy.
    private static let patience = TimeAmount.milliseconds(100)

    init(socket: ListeningSocket, channels: [any Channel]) {
        self.socket = socket
        self.channels = channels
        self.address = channels.first?.localAddress
    }

    /// Stops listening.
    ///
    /// The kernel resets what waits in the queue of a socket when it closes. So the last descriptor of it is closed at a
    /// moment when nothing waits: where another server has the address too (`SO_REUSEPORT`), no client notices. What waits in
    /// the queue of an inherited socket is left to whoever accepts from it next.
    func close() async {
        self.socket.removeFile()
        for channel in self.channels.dropLast() { try? await channel.close() }
        guard let last = self.channels.last else { return }
        let closed = last.eventLoop.makePromise(of: Void.self)
        last.eventLoop.execute { self.close(last, by: .now() + Self.patience, closed) }
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
