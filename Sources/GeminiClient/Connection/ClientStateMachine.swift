import GeminiProtocol
import NIOCore

/// The life of one connection of a client, as decisions only: which state it is in, until when it may stay there, and
/// what each event calls for. It holds no channel, clock or task; ``ClientConnection`` carries out what it says.
///
/// `connecting -> handshaking -> sending -> awaiting header -> receiving body -> closed`
///
/// A header that comes while an upload is still being sent ends the sending (TI-14). An answer without a body leaves the
/// connection `draining`, for the server to close it first (GP-014).
struct ClientStateMachine {
    enum State {
        case connecting
        case handshaking
        case sending(ResponseHeaderDecoder)
        case awaitingHeader(ResponseHeaderDecoder)
        /// With the bytes that have come.
        case receivingBody(Int)
        case draining
        case closed
    }

    /// How long a server may take to close its side behind an answer without a body.
    static let linger = TimeAmount.seconds(1)

    private(set) var state: State = .connecting
    private var phaseDeadline: NIODeadline?
    private let totalDeadline: NIODeadline?
    private let limits: ClientLimits
    private let host: Host

    init(host: Host, limits: ClientLimits, totalDeadline: NIODeadline?, now: NIODeadline) {
        self.host = host
        self.limits = limits
        self.totalDeadline = totalDeadline
        self.phaseDeadline = now + TimeAmount(limits.connectTimeout)
    }

    /// When ``deadlineReached(now:)`` is to be called next; `nil` while nothing limits the time.
    var deadline: NIODeadline? {
        guard !self.isClosed else { return nil }
        return switch (self.phaseDeadline, self.totalDeadline) {
        case (let phase?, let total?): min(phase, total)
        case (let phase, let total): phase ?? total
        }
    }

    /// Whether nothing can happen any more.
    var isClosed: Bool {
        if case .closed = self.state { true } else { false }
    }

    // MARK: The way to the request

    /// - Returns: whether to begin TLS; otherwise the connection came too late and is to be closed.
    mutating func connected(now: NIODeadline) -> Bool {
        guard case .connecting = self.state else { return false }
        self.state = .handshaking
        self.phaseDeadline = now + TimeAmount(self.limits.handshakeTimeout)
        return true
    }

    /// - Returns: whether to send the request.
    mutating func handshakeCompleted(now: NIODeadline) -> Bool {
        guard case .handshaking = self.state else { return false }
        self.state = .sending(ResponseHeaderDecoder(metaLimit: self.limits.maximumMetaLength))
        self.phaseDeadline = now + TimeAmount(self.limits.stallTimeout)
        return true
    }

    /// The server has taken all that there was of an upload: until more comes, it is not the one who stalls.
    mutating func contentAwaited() {
        guard case .sending = self.state else { return }
        self.phaseDeadline = nil
    }

    /// There is more of an upload for the server to take.
    mutating func contentCame(now: NIODeadline) {
        guard case .sending = self.state else { return }
        self.phaseDeadline = now + TimeAmount(self.limits.stallTimeout)
    }

    /// The whole request has left.
    mutating func sent(now: NIODeadline) {
        guard case .sending(let decoder) = self.state else { return }
        self.state = .awaitingHeader(decoder)
        self.phaseDeadline = now + TimeAmount(self.limits.headerTimeout)
    }

    // MARK: The response

    enum ReceiveAction {
        /// More of the header is to come, or these bytes belong to nothing.
        case none
        /// A header without a body: that is the answer. Nothing more is sent.
        case answer(ReceivedResponseHeader)
        /// A header that a body follows, from this offset on: pass the rest in again. Nothing more is sent.
        case begin(ReceivedResponseHeader, bodyFrom: Int)
        /// These bytes are the next of the body.
        case piece
        case fail(ClientError)
    }

    mutating func received(_ bytes: Span<UInt8>, now: NIODeadline) -> ReceiveAction {
        switch self.state {
        case .sending(var decoder):
            self.state = .closed  // so that the decoder's buffer has one owner while it grows
            return self.decode(bytes, &decoder, now: now) { .sending($0) }
        case .awaitingHeader(var decoder):
            self.state = .closed
            return self.decode(bytes, &decoder, now: now) { .awaitingHeader($0) }
        case .receivingBody(let count):
            let total = count + bytes.count
            if let limit = self.limits.maximumBodySize, total > limit {
                self.close()
                return .fail(.bodyTooLarge(limit: limit))
            }
            self.state = .receivingBody(total)
            self.phaseDeadline = now + TimeAmount(self.limits.stallTimeout)
            return .piece
        case .connecting, .handshaking, .draining, .closed:
            return .none
        }
    }

    private mutating func decode(
        _ bytes: Span<UInt8>,
        _ decoder: inout ResponseHeaderDecoder,
        now: NIODeadline,
        _ unchanged: (ResponseHeaderDecoder) -> State
    ) -> ReceiveAction {
        do throws(ResponseHeaderError) {
            guard let received = try decoder.decode(bytes) else {
                self.state = unchanged(decoder)
                return .none
            }
            guard received.header.status.hasBody else {
                self.state = .draining
                self.phaseDeadline = now + Self.linger
                return .answer(received)
            }
            self.state = .receivingBody(0)
            self.phaseDeadline = now + TimeAmount(self.limits.stallTimeout)
            return .begin(received, bodyFrom: decoder.consumed)
        } catch {
            self.close()
            return .fail(.invalidHeader(self.host, error))
        }
    }

    /// The reader has enough to do: until it asks for more, the server is not the one who stalls.
    mutating func paused() {
        guard case .receivingBody = self.state else { return }
        self.phaseDeadline = nil
    }

    mutating func resumed(now: NIODeadline) {
        guard case .receivingBody = self.state else { return }
        self.phaseDeadline = now + TimeAmount(self.limits.stallTimeout)
    }

    // MARK: The end

    enum EndAction {
        case none
        case fail(ClientError)
        /// The body has come to its end, with close_notify or without.
        case endBody(isTruncated: Bool)
    }

    /// The connection is gone, with the server's close_notify or without.
    mutating func ended(isClean: Bool) -> EndAction {
        let state = self.state
        self.close()
        return switch state {
        case .connecting: .fail(.connectionLost(self.host, reason: "it was closed"))
        case .handshaking:
            .fail(.tlsFailed(self.host, reason: "the server closed the connection in the handshake"))
        case .sending(let decoder), .awaitingHeader(let decoder):
            .fail(.invalidHeader(self.host, decoder.finish()))
        case .receivingBody: .endBody(isTruncated: !isClean)
        case .draining, .closed: .none
        }
    }

    enum FailAction {
        case none
        /// Nobody waits any more.
        case close
        case tellAndClose
    }

    /// Something broke, or the caller lost interest.
    mutating func failed() -> FailAction {
        let state = self.state
        self.close()
        return switch state {
        case .closed: .none
        case .draining: .close
        default: .tellAndClose
        }
    }

    enum DeadlineAction {
        case none
        case fail(ClientError)
        /// The server has had time to close its side.
        case close
    }

    mutating func deadlineReached(now: NIODeadline) -> DeadlineAction {
        guard let deadline = self.deadline, now >= deadline else { return .none }
        let isTotal = self.totalDeadline.map { now >= $0 } ?? false
        let phase: ConnectionPhase
        switch self.state {
        case .connecting: phase = .connecting
        case .handshaking: phase = .handshake
        case .sending: phase = .upload
        case .awaitingHeader: phase = .header
        case .receivingBody: phase = .body
        case .draining:
            self.close()
            return .close
        case .closed:
            return .none
        }
        self.close()
        return .fail(.timedOut(self.host, isTotal ? .total : phase))
    }

    private mutating func close() {
        self.state = .closed
        self.phaseDeadline = nil
    }
}
