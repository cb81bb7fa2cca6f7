public import NIOCore

/// Writes the body of a streamed response, at the pace of the client. Any task.
public struct ResponseWriter: Sendable {
    private enum Sink {
        case connection(NIOLoopBound<ConnectionHandler>, eventLoop: any EventLoop)
        case closure(@Sendable (ByteBuffer) async throws -> Void)
    }

    private let sink: Sink

    init(connection: NIOLoopBound<ConnectionHandler>, eventLoop: any EventLoop) {
        self.sink = .connection(connection, eventLoop: eventLoop)
    }

    /// A writer to anywhere else than a connection: for tests, and for what changes a body on its way.
    ///
    /// ```swift
    /// case .stream(let produce):
    ///     try await produce(ResponseWriter { bytes in try await writer.write(compress(bytes)) })
    /// ```
    ///
    /// - Parameter write: takes the next bytes, and returns when there is room for more.
    public init(_ write: @escaping @Sendable (ByteBuffer) async throws -> Void) {
        self.sink = .closure(write)
    }

    /// Sends these bytes, and returns when there is room for more: at most some 128 KiB wait for a slow client.
    ///
    /// - Throws: `ChannelError.ioOnClosedChannel` once the client has left, and `CancellationError`.
    public func write(_ bytes: ByteBuffer) async throws {
        try Task.checkCancellation()
        switch self.sink {
        case .connection(let connection, let eventLoop):
            try await withCheckedThrowingContinuation { (continuation: CheckedContinuation<Void, any Error>) in
                eventLoop.perform {
                    connection.value.writeStreamed(bytes, continuation)
                }
            }
        case .closure(let write):
            try await write(bytes)
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
