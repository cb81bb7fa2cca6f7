import GeminiProtocol
import NIOCore

/// The life of one connection, as decisions only: which state it is in, until when it may stay there, and what each
/// event calls for. It holds no channel, clock or task; ``ConnectionHandler`` carries out what it says.
///
/// `handshaking -> reading request -> (uploading) -> responding -> draining -> closed`
///
/// In every state there is exactly one absolute deadline, so that no trickle of bytes keeps a connection alive.
struct ConnectionStateMachine {
    enum State {
        case handshaking
        case readingRequest(RequestLineDecoder)
        /// A responder is at work on a Titan request, whose body comes as it is read. It is over when the response begins.
        case uploading(IncomingUpload)
        case responding(Standstill?)
        /// The response has left, as far as we can see; the kernel may still hold much of it for a client that does not
        /// read, and the connection counts for as long as it does.
        case draining(Standstill?)
        case closed
    }

    /// What was seen when bytes that wait for the client were first found not to move.
    struct Standstill {
        /// The bytes that the client's system had acknowledged.
        var acknowledged: UInt64
        var since: NIODeadline
    }

    /// How many times within the stall limit a response's progress is looked at: a client that stalls is cut off after
    /// the limit, and before another quarter of it has gone by.
    private static let looksPerStall = 4

    /// What a client that has not begun its request yet has left for it when the server stops. Nothing less than that
    /// loses requests when one server takes over from another: such clients have connected before there was another.
    private static let lastCall = TimeAmount.milliseconds(500)

    var state: State = .handshaking
    var deadline: NIODeadline
    /// Until when a request can still begin, once the server is stopping.
    private var lastCallEnd: NIODeadline?
    /// What an upload may still send that was answered before its end (TI-13).
    var refused: RefusedUpload?
    let limits: Limits

    /// - Parameter now: when the connection was accepted.
    init(limits: Limits, now: NIODeadline) {
        self.limits = limits
        self.deadline = now + limits.handshakeTimeout.timeAmount
    }

    /// Whether the TLS handshake is still to come to its end.
    var isHandshaking: Bool {
        if case .handshaking = self.state { true } else { false }
    }

    mutating func handshakeCompleted(now: NIODeadline) {
        guard case .handshaking = self.state else { return }
        self.state = .readingRequest(RequestLineDecoder())
        self.deadline = min(now + self.limits.requestTimeout.timeAmount, self.lastCallEnd ?? .distantFuture)
    }

    enum ReceiveAction {
        /// More of the request is to come, or these bytes are none of it: they are dropped (GP-052).
        case none
        /// - excess: how many of the bytes lie behind the line.
        case respond(RequestLine, received: [UInt8], excess: Int)
        /// Answer 59 with the reason; what follows is drained.
        case refuse(RequestLineError, received: [UInt8])
        /// The client goes on and on with an upload that was answered: close, whatever it still sends.
        case cutOff
    }

    mutating func received(_ bytes: Span<UInt8>, now: NIODeadline) -> ReceiveAction {
        guard case .readingRequest(var decoder) = self.state else { return self.dropped(bytes.count) }
        self.state = .closed  // so that the decoder's buffer has one owner while it grows
        switch decoder.consume(bytes) {
        case .needMore:
            self.state = .readingRequest(decoder)
            return .none
        case .line(let line, let consumed):
            self.beginResponse(now: now)
            return .respond(line, received: decoder.received, excess: bytes.count - consumed)
        case .failed(let error):
            self.beginResponse(now: now)
            return .refuse(error, received: decoder.received)
        }
    }

    mutating func beginResponse(now: NIODeadline) {
        self.state = .responding(nil)
        self.deadline = now + self.lookInterval
    }

    var lookInterval: TimeAmount {
        (self.limits.stallTimeout / Self.looksPerStall).timeAmount
    }

    enum InputClosedAction: Equatable {
        case none
        /// No request can come any more, or none that matters.
        case close
        /// Nothing more of the upload can come.
        case upload(IncomingUpload.Action)
    }

    /// The peer will send nothing more. One that has sent its request still gets the whole answer.
    mutating func inputClosed() -> InputClosedAction {
        switch self.state {
        case .handshaking, .readingRequest, .draining:
            self.state = .closed
            return .close
        case .uploading(var upload):
            let action = upload.inputClosed()
            self.state = .uploading(upload)
            return .upload(action)
        case .responding, .closed:
            return .none
        }
    }

    enum DeadlineAction: Equatable {
        case none
        /// The time for a handshake or a request is over: close, with no response.
        case close
        /// Ask the kernel how much the client has taken, then call ``progressChecked(pending:acknowledged:now:)``.
        case checkProgress
        /// The time for an upload is over, or the client has stalled.
        case upload(IncomingUpload.Action)
    }

    mutating func deadlineReached(now: NIODeadline) -> DeadlineAction {
        guard now >= self.deadline else { return .none }
        switch self.state {
        case .handshaking, .readingRequest:
            self.state = .closed
            return .close
        case .uploading(var upload):
            let action = upload.looked(now: now, stallTimeout: self.limits.stallTimeout.timeAmount)
            self.deadline = upload.nextLook(now: now, interval: self.lookInterval)
            self.state = .uploading(upload)
            return action == .none ? .none : .upload(action)
        case .responding, .draining:
            return .checkProgress
        case .closed:
            return .none
        }
    }

    enum ProgressAction: Equatable {
        case none
        /// The client has everything, and has had time to close its side: close without waiting for anything.
        case close
        /// The client has stalled: cut it off, without close_notify, and drop what waits for it.
        case cutOff
    }

    /// Decides at a response's deadline whether the client has stalled, and after it whether it has everything.
    ///
    /// - Parameters:
    ///   - pending: whether bytes wait for the client, here or in the kernel. If none do while the response goes on, the
    ///     responder is the one at work.
    ///   - acknowledged: the bytes that the client's system has acknowledged so far.
    mutating func progressChecked(pending: Bool, acknowledged: UInt64, now: NIODeadline) -> ProgressAction {
        let before: Standstill?
        let interval: TimeAmount
        let isDraining: Bool
        switch self.state {
        case .responding(let standstill): (before, interval, isDraining) = (standstill, self.lookInterval, false)
        case .draining(let standstill):
            (before, isDraining) = (standstill, true)
            interval = min(self.lookInterval, self.limits.linger.timeAmount)
        case .handshaking, .readingRequest, .uploading, .closed: return .none
        }
        guard pending || !isDraining || self.refused?.looked(now: now) == true else {
            self.state = .closed
            return .close
        }
        var standstill = pending ? Standstill(acknowledged: acknowledged, since: now) : nil
        if pending, let before, before.acknowledged == acknowledged {
            guard now - before.since < self.limits.stallTimeout.timeAmount else {
                self.state = .closed
                return .cutOff
            }
            standstill = before
        }
        self.state = isDraining ? .draining(standstill) : .responding(standstill)
        self.deadline = now + interval
        return .none
    }

    /// The response, close_notify and FIN have left.
    mutating func responseSent(now: NIODeadline) {
        guard case .responding = self.state else { return }
        self.state = .draining(nil)
        self.deadline = now + self.limits.linger.timeAmount
    }

    /// The response broke off, or the channel is gone.
    mutating func closed() {
        self.state = .closed
    }

    /// The server is stopping: a request that has not begun is waited for no longer than a moment.
    mutating func shutDown(now: NIODeadline) {
        switch self.state {
        case .handshaking:
            break
        case .readingRequest(let decoder):
            guard decoder.received.isEmpty else { return }
        case .uploading, .responding, .draining, .closed:
            return
        }
        let end = now + Self.lastCall
        self.lastCallEnd = end
        self.deadline = min(self.deadline, end)
    }
}
