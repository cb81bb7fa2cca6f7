public import NIOCore

/// Writes the body of a streamed response, at the pace of the client. Any task.
public struct ResponseWriter: Sendable {
    private let connection: NIOLoopBound<ConnectionHandler>
    private let eventLoop: any EventLoop

    init(connection: NIOLoopBound<ConnectionHandler>, eventLoop: any EventLoop) {
        self.connection = connection
        self.eventLoop = eventLoop
    }

    /// Sends these bytes, and returns when there is room for more: at most some 128 KiB wait for a slow client.
    ///
    /// - Throws: `ChannelError.ioOnClosedChannel` once the client has left, and `CancellationError`.
    public func write(_ bytes: ByteBuffer) async throws {
        try Task.checkCancellation()
        let connection = self.connection
        let eventLoop = self.eventLoop
        try await withCheckedThrowingContinuation { (continuation: CheckedContinuation<Void, any Error>) in
            eventLoop.perform {
                connection.value.writeStreamed(bytes, continuation)
            }
        }
    }

    /// Sends this text, encoded in UTF-8.
    ///
    /// - Throws: as ``write(_:)-(ByteBuffer)``.
    public func write(_ text: String) async throws {
        try await self.write(ByteBuffer(string: text))
    }
}

extension EventLoop {
    /// Does the work at once where it is called on the loop already.
    func perform(_ work: @escaping @Sendable () -> Void) {
        if self.inEventLoop {
            work()
        } else {
            self.execute(work)
        }
    }
}
