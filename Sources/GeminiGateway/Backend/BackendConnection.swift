import GeminiServer
import NIOConcurrencyHelpers
import NIOCore
import NIOPosix

/// A connection to a daemon, for one request at a time. Thread-safe.
final class BackendConnection: Sendable {
    /// The most bytes that wait in the socket while nobody reads.
    private static let receiveBuffer: CInt = 128 * 1024

    private let channel: any Channel
    private let handler: NIOLoopBound<BackendHandler>

    private init(channel: any Channel, handler: NIOLoopBound<BackendHandler>) {
        self.channel = channel
        self.handler = handler
    }

    deinit {
        self.channel.close(promise: nil)
    }

    /// - Throws: ``BackendError``.
    static func connect(to address: BackendAddress, within limit: TimeAmount) async throws -> BackendConnection {
        let eventLoop = MultiThreadedEventLoopGroup.currentEventLoop ?? MultiThreadedEventLoopGroup.singleton.any()
        let attempts = NIOLockedValueBox<[ObjectIdentifier: NIOLoopBound<BackendHandler>]>([:])
        let bootstrap = ClientBootstrap(group: eventLoop)
            .connectTimeout(limit)
            .channelOption(.autoRead, value: false)
            .channelOption(.maxMessagesPerRead, value: 1)
            .channelOption(.socketOption(.so_rcvbuf), value: .init(Self.receiveBuffer))
            .channelInitializer { channel in
                channel.eventLoop.makeCompletedFuture {
                    let made = BackendHandler()
                    try channel.pipeline.syncOperations.addHandler(made)
                    // The pipeline does not know it any more where the daemon has closed at once; a name with several
                    // addresses makes several attempts.
                    attempts.withLockedValue {
                        $0[ObjectIdentifier(channel)] = NIOLoopBound(made, eventLoop: channel.eventLoop)
                    }
                }
            }
        do {
            let channel =
                switch address {
                case .tcp(let host, let port): try await bootstrap.connect(host: host, port: port).get()
                case .unix(let path): try await bootstrap.connect(unixDomainSocketPath: path).get()
                }
            guard let handler = attempts.withLockedValue({ $0[ObjectIdentifier(channel)] }) else {
                throw ChannelError.inappropriateOperationForState
            }
            return BackendConnection(channel: channel, handler: handler)
        } catch ChannelError.connectTimeout {
            throw BackendError.connectTimeout
        } catch {
            throw BackendError.unreachable(error.connectingReason)
        }
    }

    var isActive: Bool { self.channel.isActive }

    /// Calls the closure when the connection is closed.
    func whenClosed(_ action: @escaping @Sendable () -> Void) {
        self.channel.closeFuture.whenComplete { _ in action() }
    }

    /// A request begins.
    ///
    /// - Parameters:
    ///   - runTimeout: by when it is to be over.
    ///   - farewell: what the daemon is told if it is given up.
    func begin(runTimeout: TimeAmount?, farewell: ByteBuffer?) {
        self.perform { $0.begin(runTimeout: runTimeout, farewell: farewell) }
    }

    /// Something is to happen within the time, from now on; without one, there is only the end of the run.
    func expect(within limit: TimeAmount?, _ error: BackendError = .runTimeout) {
        self.perform { $0.expect(within: limit, error) }
    }

    /// The next bytes, when they come; `nil` at the end.
    ///
    /// - Throws: what it failed with.
    func read() async throws -> ByteBuffer? {
        try await withCheckedThrowingContinuation { continuation in
            self.perform { $0.read(continuation) }
        }
    }

    /// Sends these bytes, without waiting.
    func send(_ bytes: ByteBuffer) {
        self.channel.writeAndFlush(bytes, promise: nil)
    }

    /// Sends these bytes, and returns when the socket has taken them.
    func write(_ bytes: ByteBuffer) async throws(BackendError) {
        do {
            try await self.channel.writeAndFlush(bytes).get()
        } catch {
            throw .broken(error.connectingReason)
        }
    }

    /// Ends the connection for a reason, which whoever reads is told.
    func fail(_ error: any Error) {
        self.perform { $0.fail(error) }
    }

    /// Waits for another request for so long.
    func keep(for limit: TimeAmount) {
        self.perform { $0.keep(for: limit) }
    }

    /// - Returns: whether it can be used for another request.
    func wake() async -> Bool {
        await withCheckedContinuation { continuation in
            self.perform { continuation.resume(returning: $0.wake()) }
        }
    }

    private func perform(_ work: @escaping @Sendable (BackendHandler) -> Void) {
        let handler = self.handler
        if self.channel.eventLoop.inEventLoop {
            work(handler.value)
        } else {
            self.channel.eventLoop.execute { work(handler.value) }
        }
    }
}
