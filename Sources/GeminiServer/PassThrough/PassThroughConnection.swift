import Logging
import NIOCore
import NIOPosix

/// A client's connection that is passed through to a back end: it connects, and holds the two ends against their limits.
/// Event loop only.
final class PassThroughConnection {
    /// How long one end may outlive the other.
    private static let linger = TimeAmount.seconds(2)

    private let entry: PassThroughTable.Entry
    /// Who has passed on what the client's end carries.
    private let passed: Set<ConnectionTrail.Mark>
    private let logger: Logger
    private let eventLoop: any EventLoop
    private var hasBackEnd = false
    private var front: PassThroughEnd?
    private var back: PassThroughEnd?
    private var lastMove = NIODeadline.now()
    /// The bytes that waited for either end when that was looked at last.
    private var buffered = 0
    private var isBroken = false

    /// The bytes that were handed over for the client.
    private(set) var bytesSent = 0

    /// Whether both sides came to their end by themselves.
    var isComplete: Bool { !self.isBroken }

    /// - Parameters:
    ///   - entry: where the connection has been counted in, and is counted out when it goes.
    ///   - passed: who has passed on what the client's end carries.
    init(
        _ entry: PassThroughTable.Entry,
        passed: Set<ConnectionTrail.Mark>,
        logger: Logger,
        eventLoop: any EventLoop
    ) {
        self.entry = entry
        self.passed = passed
        self.logger = logger
        self.eventLoop = eventLoop
    }

    /// Takes over the client's end, and connects to the back end.
    ///
    /// - Parameters:
    ///   - hello: what the client has sent so far.
    ///   - header: what the back end is told before.
    func begin(at front: PassThroughEnd, hello: ByteBuffer, header: ByteBuffer?) {
        self.front = front
        front.received(hello)
        let back = PassThroughEnd(of: self)
        let bound = NIOLoopBound((self, back), eventLoop: self.eventLoop)
        let backEnd = self.entry.host.backEnd
        ClientBootstrap(group: self.eventLoop)
            .connectTimeout(TimeAmount(self.entry.host.connectTimeout))
            .channelOption(.tcpOption(.tcp_nodelay), value: 1)
            .channelOption(.allowRemoteHalfClosure, value: true)
            .channelInitializer { channel in
                channel.eventLoop.makeCompletedFuture {
                    try channel.pipeline.syncOperations.addHandler(bound.value.1)
                }
            }
            .connect(host: backEnd.host, port: backEnd.port)
            .assumeIsolated()
            .whenComplete { result in
                switch result {
                case .success(let channel):
                    ConnectionTrail.remember(self.passed.union([self.entry.mark]), of: channel)
                    self.connected(back, header: header)
                case .failure(let error): self.cannotConnect(error)
                }
            }
    }

    private func connected(_ back: PassThroughEnd, header: ByteBuffer?) {
        guard let front = self.front, !self.isBroken else {
            back.abort()
            return
        }
        self.back = back
        self.hasBackEnd = true
        self.moved()
        if let header { back.send(header) }
        front.start(with: back)
        back.start(with: front)
    }

    private func cannotConnect(_ error: any Error) {
        if let count = self.entry.throttle.count(.unreachable) {
            let number = count == 1 ? "" : " (\(count) connections since the last such line)"
            self.logger.error(
                "The server at \(self.entry.host.backEnd), to which connections are passed through, cannot be reached: \(error.connectingReason)\(number)."
            )
        }
        self.isBroken = true
        self.front?.abort()
    }

    // MARK: What the ends tell

    /// Something came or was taken.
    func moved() {
        self.lastMove = .now()
    }

    func sending(_ count: Int, at end: PassThroughEnd) {
        if end === self.front { self.bytesSent += count }
    }

    func broke(_ error: any Error) {
        guard !self.isBroken else { return }
        self.isBroken = true
        self.logger.debug("A connection that is passed through broke: \(error)")
        self.front?.abort()
        self.back?.abort()
    }

    func ended(_ end: PassThroughEnd) {
        if end === self.front {
            self.front = nil
            self.entry.leave()
            if !self.hasBackEnd { self.isBroken = true }
            self.back?.close(within: Self.linger)
        } else {
            self.back = nil
        }
        self.moved()
    }

    // MARK: Time

    /// Called a few times a second while the client's end is open.
    func checkDeadline(now: NIODeadline) {
        guard self.hasBackEnd else { return }  // to connect has a limit of its own
        let buffered = (self.front?.bufferedBytes ?? 0) + (self.back?.bufferedBytes ?? 0)
        if buffered != self.buffered { self.moved() }
        self.buffered = buffered
        let host = self.entry.host
        let limit: TimeAmount
        if buffered > 0 {
            limit = TimeAmount(host.stallTimeout)
        } else {
            limit = self.back == nil ? Self.linger : TimeAmount(host.idleTimeout)
        }
        guard now - self.lastMove >= limit else { return }
        self.isBroken = self.isBroken || buffered > 0 || self.back != nil
        self.front?.abort()
        self.back?.abort()
    }
}
