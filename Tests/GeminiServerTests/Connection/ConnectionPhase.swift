import GeminiProtocol
import NIOCore

@testable import GeminiServer

/// A state of a connection as the table of the design has it; a request that has begun is one of its own here, because
/// shutting down tells it apart.
enum ConnectionPhase: String, CaseIterable, Sendable {
    case handshaking, reading, readingRest, uploading, responding, draining, closed

    /// The moment at which each machine came into its state.
    static let entry = NIODeadline.uptimeNanoseconds(1_000_000_000_000)

    /// Different for each state, so that a deadline tells which it is of.
    static var limits: Limits {
        var limits = Limits()
        limits.handshakeTimeout = .seconds(1)
        limits.requestTimeout = .seconds(20)
        limits.stallTimeout = .seconds(400)
        limits.linger = .seconds(8000)
        limits.uploadTimeout = .seconds(70)
        return limits
    }

    init(_ state: ConnectionStateMachine.State) {
        self =
            switch state {
            case .handshaking: .handshaking
            case .readingRequest(let decoder): decoder.received.isEmpty ? .reading : .readingRest
            case .uploading: .uploading
            case .responding: .responding
            case .draining: .draining
            case .closed: .closed
            }
    }

    /// A machine that has just come into this state.
    func machine() -> ConnectionStateMachine {
        var machine = ConnectionStateMachine(limits: Self.limits, now: Self.entry)
        guard self != .handshaking else { return machine }
        machine.handshakeCompleted(now: Self.entry)
        switch self {
        case .handshaking, .reading: break
        case .readingRest: _ = machine.receive("gemini://", at: Self.entry)
        case .uploading:
            let line = "titan://localhost/;size=10"
            guard case .respond(let request, _, _) = machine.receive(line + "\r\n", at: Self.entry),
                let titan = request.titan
            else { break }
            _ = machine.beginUpload(titan, with: ByteBuffer(), now: Self.entry)
        case .responding: _ = machine.receive("gemini://localhost/\r\n", at: Self.entry)
        case .draining:
            _ = machine.receive("gemini://localhost/\r\n", at: Self.entry)
            machine.responseSent(now: Self.entry)
        case .closed: machine.closed()
        }
        return machine
    }

    /// How long a connection may stay in the state, or until it is looked at; `nil` where it holds nothing any more.
    var allowance: TimeAmount? {
        switch self {
        case .handshaking: .seconds(1)
        case .reading, .readingRest: .seconds(20)
        case .uploading: .seconds(70)
        case .responding: .seconds(100)
        case .draining: .seconds(8000)
        case .closed: nil
        }
    }
}

extension ConnectionStateMachine {
    /// Takes text as it would come from the socket.
    mutating func receive(_ text: String, at now: NIODeadline) -> ReceiveAction {
        self.receive(text.utf8, at: now)
    }

    mutating func receive(_ bytes: some Collection<UInt8>, at now: NIODeadline) -> ReceiveAction {
        let bytes = Array(bytes)
        return self.received(bytes.span, now: now)
    }
}
