import NIOCore

@testable import GeminiServer

/// What can happen to a connection, with one representative each.
enum ConnectionEvent: String, CaseIterable, Sendable {
    case handshakeCompleted, beginOfLine, endOfLine, malformedLine, inputClosed, deadline, stall, everythingTaken,
        responseSent
    case channelGone, shutDown

    /// What the machine asks for.
    enum Action: Sendable {
        case none, respond, refuse, close, checkProgress, closeHard, cutOff, upload
    }

    func happen(to machine: inout ConnectionStateMachine, at now: NIODeadline) -> Action {
        switch self {
        case .handshakeCompleted:
            machine.handshakeCompleted(now: now)
            return .none
        case .beginOfLine:
            return Self.action(machine.receive("gem", at: now))
        case .endOfLine:
            return Self.action(machine.receive("gemini://localhost/\r\n", at: now))
        case .malformedLine:
            return Self.action(machine.receive("\u{FEFF}\r\n", at: now))
        case .inputClosed:
            switch machine.inputClosed() {
            case .none, .upload(.none): return .none
            case .close: return .close
            case .upload: return .upload
            }
        case .deadline:
            switch machine.deadlineReached(now: now) {
            case .none: return .none
            case .close: return .close
            case .checkProgress: return .checkProgress
            case .upload: return .upload
            }
        case .stall:
            return Self.action(machine.progressChecked(pending: true, acknowledged: 7, now: now))
        case .everythingTaken:
            return Self.action(machine.progressChecked(pending: false, acknowledged: 7, now: now))
        case .responseSent:
            machine.responseSent(now: now)
            return .none
        case .channelGone:
            machine.closed()
            return .none
        case .shutDown:
            machine.shutDown(now: now)
            return .none
        }
    }

    private static func action(_ action: ConnectionStateMachine.ProgressAction) -> Action {
        switch action {
        case .none: .none
        case .close: .closeHard
        case .cutOff: .cutOff
        }
    }

    private static func action(_ action: ConnectionStateMachine.ReceiveAction) -> Action {
        switch action {
        case .none: .none
        case .respond: .respond
        case .refuse: .refuse
        case .cutOff: .cutOff
        }
    }
}
