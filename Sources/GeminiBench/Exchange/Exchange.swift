import GeminiProtocol
import NIOCore

/// A request and its response on a connection of their own: where it stands, and what is to be done next.
///
/// `connecting -> handshaking -> sending -> receiving -> over`. Its methods take what an attempt came to and the time,
/// and return what to attempt next; no socket and no clock is in it.
struct Exchange {
    /// What to do next.
    enum Action {
        case wait(Interest)
        case handshake
        case send
        case receive
        case end(Outcome)
    }

    enum Outcome {
        case completed
        case failed(Failure)
    }

    /// When what happened; `nil` for what has not.
    struct Times {
        /// When it was to begin.
        var due: NIODeadline
        var begun: NIODeadline
        var connected: NIODeadline?
        var secured: NIODeadline?
        var firstByte: NIODeadline?
    }

    private enum Phase {
        case connecting, handshaking, sending, receiving, over
    }

    /// What counts as a success.
    struct Expectation {
        var status: Status
        var acceptsTruncation: Bool
    }

    private(set) var times: Times
    private(set) var status: Status?
    private(set) var byteCount = 0

    private var phase = Phase.connecting
    private var decoder = ResponseHeaderDecoder()
    private let expectation: Expectation

    init(due: NIODeadline, begun: NIODeadline, expectation: Expectation) {
        self.times = Times(due: due, begun: begun)
        self.expectation = expectation
    }

    /// What to attempt when the socket is ready; for a connection that is being made, that is to look what came of it.
    var attempt: Action? {
        switch self.phase {
        case .connecting, .over: nil
        case .handshaking: .handshake
        case .sending: .send
        case .receiving: .receive
        }
    }

    /// The connection was made, or was not.
    mutating func connected(_ failure: Failure?, at now: NIODeadline) -> Action {
        guard self.phase == .connecting else { return .wait(.reading) }
        if let failure { return self.end(.failed(failure)) }
        self.times.connected = now
        self.phase = .handshaking
        return .handshake
    }

    /// Something came of the handshake.
    mutating func handshook(_ result: IOResult, at now: NIODeadline) -> Action {
        switch result {
        case .done:
            self.times.secured = now
            self.phase = .sending
            return .send
        case .wantsRead: return .wait(.reading)
        case .wantsWrite: return .wait(.writing)
        case .failed(let failure): return self.end(.failed(failure))
        case .ended, .cut, .received:
            return self.end(.failed(Failure(.tls, "The connection ended during the handshake")))
        }
    }

    /// Something came of sending the request.
    mutating func sent(_ result: IOResult) -> Action {
        switch result {
        case .done:
            self.phase = .receiving
            return .receive
        case .wantsRead: return .wait(.reading)
        case .wantsWrite: return .wait(.writing)
        case .failed(let failure): return self.end(.failed(failure))
        case .ended, .cut, .received:
            return self.end(.failed(Failure(.reset, "The connection ended before the request")))
        }
    }

    /// Something came of receiving; bytes are those at the start of a buffer.
    mutating func received(_ result: IOResult, _ buffer: Span<UInt8>, at now: @autoclosure () -> NIODeadline) -> Action
    {
        switch result {
        case .received(let count):
            if self.byteCount == 0 { self.times.firstByte = now() }
            self.byteCount += count
            guard self.status == nil else { return .receive }
            return self.decode(buffer.extracting(0..<count))
        case .wantsRead: return .wait(.reading)
        case .wantsWrite: return .wait(.writing)
        case .failed(let failure): return self.end(.failed(failure))
        case .ended: return self.finish(isCut: false)
        case .cut, .done: return self.finish(isCut: true)
        }
    }

    /// Its time is over.
    mutating func timedOut() -> Action {
        self.end(.failed(.timeout))
    }

    private mutating func decode(_ piece: Span<UInt8>) -> Action {
        do {
            self.status = try self.decoder.decode(piece)?.header.status
            return .receive
        } catch {
            return self.end(.failed(Failure(.badHeader, error.description)))
        }
    }

    private mutating func finish(isCut: Bool) -> Action {
        guard let status = self.status else {
            return self.end(.failed(Failure(.badHeader, self.decoder.finish().description)))
        }
        guard status == self.expectation.status else {
            return self.end(
                .failed(Failure(.unexpectedStatus, "The status is \(status.code), not \(self.expectation.status.code)"))
            )
        }
        guard !isCut || self.expectation.acceptsTruncation else { return self.end(.failed(.truncated)) }
        return self.end(.completed)
    }

    private mutating func end(_ outcome: Outcome) -> Action {
        self.phase = .over
        return .end(outcome)
    }
}
