import GeminiProtocol
import NIOCore
import Testing

@testable import GeminiServer

@Suite("Connection state machine")
struct ConnectionStateMachineTests {
    struct Row: CustomTestStringConvertible, Sendable {
        var phase: ConnectionPhase
        var event: ConnectionEvent
        var action: ConnectionEvent.Action
        var next: ConnectionPhase

        init(
            _ phase: ConnectionPhase,
            _ event: ConnectionEvent,
            _ action: ConnectionEvent.Action,
            _ next: ConnectionPhase
        ) {
            self.phase = phase
            self.event = event
            self.action = action
            self.next = next
        }

        var testDescription: String { "\(self.phase) + \(self.event) = \(self.action), \(self.next)" }
    }

    /// The design's table, with every state and every event.
    static let table: [Row] = [
        Row(.handshaking, .handshakeCompleted, .none, .reading),
        Row(.handshaking, .beginOfLine, .none, .handshaking),
        Row(.handshaking, .endOfLine, .none, .handshaking),
        Row(.handshaking, .malformedLine, .none, .handshaking),
        Row(.handshaking, .inputClosed, .close, .closed),
        Row(.handshaking, .deadline, .close, .closed),
        Row(.handshaking, .stall, .none, .handshaking),
        Row(.handshaking, .everythingTaken, .none, .handshaking),
        Row(.handshaking, .responseSent, .none, .handshaking),
        Row(.handshaking, .channelGone, .none, .closed),
        Row(.handshaking, .shutDown, .none, .handshaking),

        Row(.reading, .handshakeCompleted, .none, .reading),
        Row(.reading, .beginOfLine, .none, .readingRest),
        Row(.reading, .endOfLine, .respond, .responding),
        Row(.reading, .malformedLine, .refuse, .responding),
        Row(.reading, .inputClosed, .close, .closed),
        Row(.reading, .deadline, .close, .closed),
        Row(.reading, .stall, .none, .reading),
        Row(.reading, .everythingTaken, .none, .reading),
        Row(.reading, .responseSent, .none, .reading),
        Row(.reading, .channelGone, .none, .closed),
        Row(.reading, .shutDown, .none, .reading),

        Row(.readingRest, .handshakeCompleted, .none, .readingRest),
        Row(.readingRest, .beginOfLine, .none, .readingRest),
        Row(.readingRest, .endOfLine, .respond, .responding),
        Row(.readingRest, .malformedLine, .refuse, .responding),
        Row(.readingRest, .inputClosed, .close, .closed),
        Row(.readingRest, .deadline, .close, .closed),
        Row(.readingRest, .stall, .none, .readingRest),
        Row(.readingRest, .everythingTaken, .none, .readingRest),
        Row(.readingRest, .responseSent, .none, .readingRest),
        Row(.readingRest, .channelGone, .none, .closed),
        Row(.readingRest, .shutDown, .none, .readingRest),

        Row(.uploading, .handshakeCompleted, .none, .uploading),
        Row(.uploading, .beginOfLine, .none, .uploading),
        Row(.uploading, .endOfLine, .none, .uploading),
        Row(.uploading, .malformedLine, .none, .uploading),
        Row(.uploading, .inputClosed, .none, .uploading),
        Row(.uploading, .deadline, .none, .uploading),
        Row(.uploading, .stall, .none, .uploading),
        Row(.uploading, .everythingTaken, .none, .uploading),
        Row(.uploading, .responseSent, .none, .uploading),
        Row(.uploading, .channelGone, .none, .closed),
        Row(.uploading, .shutDown, .none, .uploading),

        Row(.responding, .handshakeCompleted, .none, .responding),
        Row(.responding, .beginOfLine, .none, .responding),
        Row(.responding, .endOfLine, .none, .responding),
        Row(.responding, .malformedLine, .none, .responding),
        Row(.responding, .inputClosed, .none, .responding),
        Row(.responding, .deadline, .checkProgress, .responding),
        Row(.responding, .stall, .none, .responding),
        Row(.responding, .everythingTaken, .none, .responding),
        Row(.responding, .responseSent, .none, .draining),
        Row(.responding, .channelGone, .none, .closed),
        Row(.responding, .shutDown, .none, .responding),

        Row(.draining, .handshakeCompleted, .none, .draining),
        Row(.draining, .beginOfLine, .none, .draining),
        Row(.draining, .endOfLine, .none, .draining),
        Row(.draining, .malformedLine, .none, .draining),
        Row(.draining, .inputClosed, .close, .closed),
        Row(.draining, .deadline, .checkProgress, .draining),
        Row(.draining, .stall, .none, .draining),
        Row(.draining, .everythingTaken, .closeHard, .closed),
        Row(.draining, .responseSent, .none, .draining),
        Row(.draining, .channelGone, .none, .closed),
        Row(.draining, .shutDown, .none, .draining),

        Row(.closed, .handshakeCompleted, .none, .closed),
        Row(.closed, .beginOfLine, .none, .closed),
        Row(.closed, .endOfLine, .none, .closed),
        Row(.closed, .malformedLine, .none, .closed),
        Row(.closed, .inputClosed, .none, .closed),
        Row(.closed, .deadline, .none, .closed),
        Row(.closed, .stall, .none, .closed),
        Row(.closed, .everythingTaken, .none, .closed),
        Row(.closed, .responseSent, .none, .closed),
        Row(.closed, .channelGone, .none, .closed),
        Row(.closed, .shutDown, .none, .closed),
    ]

    @Test("The table has every state and every event once")
    func complete() {
        let pairs = Set(Self.table.map { "\($0.phase) \($0.event)" })
        #expect(pairs.count == Self.table.count)
        #expect(pairs.count == ConnectionPhase.allCases.count * ConnectionEvent.allCases.count)
    }

    @Test("Each event in each state", arguments: Self.table)
    func row(_ row: Row) {
        var machine = row.phase.machine()
        // The moment of the state's own deadline, which no other event looks at.
        let now = ConnectionPhase.entry + (row.phase.allowance ?? .zero)
        #expect(row.event.happen(to: &machine, at: now) == row.action)
        #expect(ConnectionPhase(machine.state) == row.next)
    }

    @Test("Every state has one deadline, and every new state a new one", arguments: Self.table)
    func deadline(_ row: Row) {
        var machine = row.phase.machine()
        let before = machine.deadline
        if let allowance = row.phase.allowance { #expect(before == ConnectionPhase.entry + allowance) }

        let now = ConnectionPhase.entry + (row.phase.allowance ?? .zero)
        _ = row.event.happen(to: &machine, at: now)
        let isNew = row.next != row.phase && row.next != .readingRest
        if row.phase == .responding, [.stall, .everythingTaken].contains(row.event) {
            #expect(machine.deadline == now + .seconds(100), "the next look")
        } else if row.phase == .uploading, row.event == .deadline {
            #expect(
                machine.deadline == now + .seconds(100),
                "the time of the upload is over, that of the response is not"
            )
        } else if row.phase == .draining, row.event == .stall {
            #expect(machine.deadline == now + .seconds(100), "the next look, no later than in a response")
        } else if isNew, let allowance = row.next.allowance {
            #expect(machine.deadline == now + allowance)
        } else {
            #expect(machine.deadline == before, "no trickle of events moves a deadline")
        }
    }

    @Test("Nothing happens before a deadline", arguments: ConnectionPhase.allCases)
    func early(_ phase: ConnectionPhase) {
        var machine = phase.machine()
        let early = machine.deadline - .nanoseconds(1)
        #expect(machine.deadlineReached(now: early) == .none)
        #expect(ConnectionPhase(machine.state) == phase)
    }

    @Test("When the server stops, a request may begin within half a second", arguments: ConnectionPhase.allCases)
    func lastCall(_ phase: ConnectionPhase) {
        var machine = phase.machine()
        let before = machine.deadline
        let end = ConnectionPhase.entry + .milliseconds(500)
        machine.shutDown(now: ConnectionPhase.entry)
        switch phase {
        case .handshaking:
            #expect(machine.deadline == end)
            machine.handshakeCompleted(now: ConnectionPhase.entry + .milliseconds(100))
            #expect(machine.deadline == end, "the handshake adds nothing to it")
            #expect(machine.deadlineReached(now: end) == .close)
        case .reading:
            #expect(machine.deadline == end)
            guard case .respond = machine.receive("gemini://localhost/\r\n", at: ConnectionPhase.entry) else {
                Issue.record("not answered")
                return
            }
            #expect(machine.deadline == ConnectionPhase.entry + .seconds(100))
        case .readingRest, .uploading, .responding, .draining, .closed:
            #expect(machine.deadline == before)
        }
    }

    @Test("GP-017: a byte now and then does not put off the end of a request")
    func drip() {
        var machine = ConnectionPhase.reading.machine()
        for second in 0..<20 {
            _ = machine.receive("g", at: ConnectionPhase.entry + .seconds(Int64(second)))
            #expect(machine.deadline == ConnectionPhase.entry + .seconds(20))
        }
        #expect(machine.deadlineReached(now: ConnectionPhase.entry + .seconds(20)) == .close)
    }

    @Test("A request line in any two pieces is one request", arguments: 1..<21)
    func fragments(split: Int) throws {
        let line = Array("gemini://localhost/\r\n".utf8)
        var machine = ConnectionPhase.reading.machine()
        guard case .none = machine.receive(line.prefix(split), at: ConnectionPhase.entry) else {
            Issue.record("answered too early")
            return
        }
        guard
            case .respond(let request, let received, 0) = machine.receive(
                line.dropFirst(split),
                at: ConnectionPhase.entry
            )
        else {
            Issue.record("not answered")
            return
        }
        #expect(request.text == "gemini://localhost/")
        #expect(received == Array("gemini://localhost/".utf8))
    }

    @Test("GP-052: what follows the request in the same piece is none of it")
    func pipelined() throws {
        var machine = ConnectionPhase.reading.machine()
        let action = machine.receive("gemini://a/\r\ngemini://b/\r\n", at: ConnectionPhase.entry)
        guard case .respond(let request, _, 13) = action else {
            Issue.record("not answered")
            return
        }
        #expect(request.text == "gemini://a/")
        guard case .none = machine.receive("gemini://c/\r\n", at: ConnectionPhase.entry) else {
            Issue.record("a second request was taken")
            return
        }
    }

    @Test("GP-043: a line without an end is refused at 1,026 bytes, and only these are kept")
    func endless() {
        var machine = ConnectionPhase.reading.machine()
        let line = String(repeating: "x", count: 100_000)
        guard case .refuse(.tooLong, let received) = machine.receive(line, at: ConnectionPhase.entry) else {
            Issue.record("not refused")
            return
        }
        #expect(received.count <= 1026)
    }
}
