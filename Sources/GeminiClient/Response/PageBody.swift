import NIOConcurrencyHelpers
public import NIOCore

/// The body of a page as it comes from the server.
///
/// Can be read once, by one task. The server is held back while nobody reads; at most some 256 KiB wait here. When the
/// reading task stops, is cancelled, or lets go of the body, the connection is closed.
///
/// ```swift
/// for try await piece in page.body {
///     try file.write(contentsOf: piece.readableBytesView)
/// }
/// if page.body.isTruncated == true { print("The end may be missing.") }
/// ```
public struct PageBody: AsyncSequence, Sendable {
    public typealias Element = ByteBuffer
    public typealias Failure = ClientError

    typealias Producer = NIOThrowingAsyncSequenceProducer<
        ByteBuffer, any Error, NIOAsyncSequenceProducerBackPressureStrategies.HighLowWatermark, Delegate
    >

    let producer: Producer
    let end: NIOLockedValueBox<Bool?>

    /// Whether the connection ended without TLS's close_notify, so that a part may be missing (GP-013); `nil` until the
    /// end has been read.
    public var isTruncated: Bool? {
        self.end.withLockedValue { $0 }
    }

    public func makeAsyncIterator() -> AsyncIterator {
        AsyncIterator(base: self.producer.makeAsyncIterator())
    }

    public struct AsyncIterator: AsyncIteratorProtocol {
        var base: Producer.AsyncIterator

        /// The next bytes, never none; `nil` at the end.
        ///
        /// - Throws: ``ClientError``, of which ``ClientError/timedOut(_:_:)``, ``ClientError/connectionLost(_:reason:)``,
        ///   ``ClientError/bodyTooLarge(limit:)`` and ``ClientError/cancelled`` can come here.
        public mutating func next(isolation actor: isolated (any Actor)?) async throws(ClientError) -> ByteBuffer? {
            do {
                return try await self.base.next(isolation: actor)
            } catch let error as ClientError {
                throw error
            } catch {
                throw .cancelled
            }
        }

        public mutating func next() async throws(ClientError) -> ByteBuffer? {
            try await self.next(isolation: #isolation)
        }
    }

    /// Tells the connection what the reader does.
    struct Delegate: NIOAsyncSequenceProducerDelegate {
        let eventLoop: any EventLoop
        let connection: NIOLoopBound<ClientConnection>

        func produceMore() {
            let connection = self.connection
            self.eventLoop.execute { connection.value.resumeReading() }
        }

        func didTerminate() {
            let connection = self.connection
            self.eventLoop.execute { connection.value.readerLeft() }
        }
    }
}
