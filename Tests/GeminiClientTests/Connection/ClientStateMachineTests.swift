import GeminiProtocol
import NIOCore
import Testing

@testable import GeminiClient

@Suite("State machine of the client")
struct ClientStateMachineTests {
    enum Phase: String, CaseIterable, Sendable {
        case connecting, handshaking, sending, awaiting, body, draining, closed
    }

    enum Event: String, CaseIterable, Sendable {
        case connected, handshakeCompleted, sent, partOfHeader, headerWithBody, headerWithoutBody, nonsense
        case ended, endedUncleanly, failed, deadline
    }

    struct Row: CustomTestStringConvertible, Sendable {
        var phase: Phase
        var event: Event
        var action: String
        var next: Phase

        init(_ phase: Phase, _ event: Event, _ action: String, _ next: Phase) {
            self.phase = phase
            self.event = event
            self.action = action
            self.next = next
        }

        var testDescription: String { "\(self.phase) + \(self.event) = \(self.action), \(self.next)" }
    }

    /// Every state and every event.
    static let table: [Row] =
        [
            Row(.connecting, .connected, "begin TLS", .handshaking),
            Row(.connecting, .handshakeCompleted, "none", .connecting),
            Row(.connecting, .sent, "none", .connecting),
            Row(.connecting, .partOfHeader, "none", .connecting),
            Row(.connecting, .headerWithBody, "none", .connecting),
            Row(.connecting, .headerWithoutBody, "none", .connecting),
            Row(.connecting, .nonsense, "none", .connecting),
            Row(.connecting, .ended, "connectionLost", .closed),
            Row(.connecting, .endedUncleanly, "connectionLost", .closed),
            Row(.connecting, .failed, "tell and close", .closed),
            Row(.connecting, .deadline, "timedOut connecting", .closed),

            Row(.handshaking, .connected, "none", .handshaking),
            Row(.handshaking, .handshakeCompleted, "send", .sending),
            Row(.handshaking, .sent, "none", .handshaking),
            Row(.handshaking, .partOfHeader, "none", .handshaking),
            Row(.handshaking, .headerWithBody, "none", .handshaking),
            Row(.handshaking, .headerWithoutBody, "none", .handshaking),
            Row(.handshaking, .nonsense, "none", .handshaking),
            Row(.handshaking, .ended, "tlsFailed", .closed),
            Row(.handshaking, .endedUncleanly, "tlsFailed", .closed),
            Row(.handshaking, .failed, "tell and close", .closed),
            Row(.handshaking, .deadline, "timedOut handshake", .closed),

            Row(.sending, .connected, "none", .sending),
            Row(.sending, .handshakeCompleted, "none", .sending),
            Row(.sending, .sent, "none", .awaiting),
            Row(.sending, .partOfHeader, "none", .sending),
            Row(.sending, .headerWithBody, "begin 4", .body),
            Row(.sending, .headerWithoutBody, "answer", .draining),
            Row(.sending, .nonsense, "invalidHeader", .closed),
            Row(.sending, .ended, "invalidHeader", .closed),
            Row(.sending, .endedUncleanly, "invalidHeader", .closed),
            Row(.sending, .failed, "tell and close", .closed),
            Row(.sending, .deadline, "timedOut upload", .closed),

            Row(.awaiting, .connected, "none", .awaiting),
            Row(.awaiting, .handshakeCompleted, "none", .awaiting),
            Row(.awaiting, .sent, "none", .awaiting),
            Row(.awaiting, .partOfHeader, "none", .awaiting),
            Row(.awaiting, .headerWithBody, "begin 4", .body),
            Row(.awaiting, .headerWithoutBody, "answer", .draining),
            Row(.awaiting, .nonsense, "invalidHeader", .closed),
            Row(.awaiting, .ended, "invalidHeader", .closed),
            Row(.awaiting, .endedUncleanly, "invalidHeader", .closed),
            Row(.awaiting, .failed, "tell and close", .closed),
            Row(.awaiting, .deadline, "timedOut header", .closed),

            Row(.body, .connected, "none", .body),
            Row(.body, .handshakeCompleted, "none", .body),
            Row(.body, .sent, "none", .body),
            Row(.body, .partOfHeader, "piece", .body),
            Row(.body, .headerWithBody, "piece", .body),
            Row(.body, .headerWithoutBody, "piece", .body),
            Row(.body, .nonsense, "piece", .body),
            Row(.body, .ended, "whole", .closed),
            Row(.body, .endedUncleanly, "truncated", .closed),
            Row(.body, .failed, "tell and close", .closed),
            Row(.body, .deadline, "timedOut body", .closed),

            Row(.draining, .connected, "none", .draining),
            Row(.draining, .handshakeCompleted, "none", .draining),
            Row(.draining, .sent, "none", .draining),
            Row(.draining, .partOfHeader, "none", .draining),
            Row(.draining, .headerWithBody, "none", .draining),
            Row(.draining, .headerWithoutBody, "none", .draining),
            Row(.draining, .nonsense, "none", .draining),
            Row(.draining, .ended, "none", .closed),
            Row(.draining, .endedUncleanly, "none", .closed),
            Row(.draining, .failed, "close", .closed),
            Row(.draining, .deadline, "close", .closed),
        ] + Event.allCases.map { Row(.closed, $0, "none", .closed) }

    private static let start = NIODeadline.uptimeNanoseconds(1_000_000_000)
    private static let soon = start + .milliseconds(1)

    private func machine(
        in phase: Phase,
        limits: ClientLimits = ClientLimits(),
        totalDeadline: NIODeadline? = nil
    ) throws -> ClientStateMachine {
        var machine = ClientStateMachine(
            host: try Host("example.org"),
            limits: limits,
            totalDeadline: totalDeadline,
            now: Self.start
        )
        if phase == .connecting { return machine }
        _ = machine.connected(now: Self.start)
        if phase == .handshaking { return machine }
        _ = machine.handshakeCompleted(now: Self.start)
        if phase == .sending { return machine }
        machine.sent(now: Self.start)
        switch phase {
        case .body: _ = machine.received(Array("20\r\n".utf8).span, now: Self.start)
        case .draining: _ = machine.received(Array("51\r\n".utf8).span, now: Self.start)
        case .closed: _ = machine.failed()
        default: break
        }
        return machine
    }

    private func phase(of machine: ClientStateMachine) -> Phase {
        switch machine.state {
        case .connecting: .connecting
        case .handshaking: .handshaking
        case .sending: .sending
        case .awaitingHeader: .awaiting
        case .receivingBody: .body
        case .draining: .draining
        case .closed: .closed
        }
    }

    private func name(_ error: ClientError) -> String {
        switch error {
        case .connectionLost: "connectionLost"
        case .tlsFailed: "tlsFailed"
        case .invalidHeader: "invalidHeader"
        case .bodyTooLarge: "bodyTooLarge"
        case .timedOut(_, let phase): "timedOut \(phase)"
        default: "\(error)"
        }
    }

    private func receive(_ text: String, _ machine: inout ClientStateMachine) -> String {
        switch machine.received(Array(text.utf8).span, now: Self.soon) {
        case .none: "none"
        case .answer: "answer"
        case .begin(_, let offset): "begin \(offset)"
        case .piece: "piece"
        case .fail(let error): self.name(error)
        }
    }

    private func perform(_ event: Event, _ machine: inout ClientStateMachine) -> String {
        switch event {
        case .connected: return machine.connected(now: Self.soon) ? "begin TLS" : "none"
        case .handshakeCompleted: return machine.handshakeCompleted(now: Self.soon) ? "send" : "none"
        case .sent:
            machine.sent(now: Self.soon)
            return "none"
        case .partOfHeader: return self.receive("2", &machine)
        case .headerWithBody: return self.receive("20\r\nabc", &machine)
        case .headerWithoutBody: return self.receive("51\r\nabc", &machine)
        case .nonsense: return self.receive("HTTP/1.1", &machine)
        case .ended, .endedUncleanly:
            switch machine.ended(isClean: event == .ended) {
            case .none: return "none"
            case .fail(let error): return self.name(error)
            case .endBody(let isTruncated): return isTruncated ? "truncated" : "whole"
            }
        case .failed:
            switch machine.failed() {
            case .none: return "none"
            case .close: return "close"
            case .tellAndClose: return "tell and close"
            }
        case .deadline:
            switch machine.deadlineReached(now: machine.deadline ?? Self.soon) {
            case .none: return "none"
            case .close: return "close"
            case .fail(let error): return self.name(error)
            }
        }
    }

    @Test("Every event in every state", arguments: Self.table)
    func row(row: Row) throws {
        var machine = try self.machine(in: row.phase)
        #expect(self.perform(row.event, &machine) == row.action)
        #expect(self.phase(of: machine) == row.next)
    }

    @Test("The table is complete")
    func complete() {
        let rows = Set(Self.table.map { "\($0.phase) \($0.event)" })
        #expect(rows.count == Phase.allCases.count * Event.allCases.count)
        #expect(Self.table.count == rows.count)
    }

    @Test("Each state has its deadline, which nothing that dribbles puts off but a piece of a body")
    func deadlines() throws {
        let limits = ClientLimits()
        func due(_ phase: Phase) throws -> NIODeadline? { try self.machine(in: phase).deadline }
        #expect(try due(.connecting) == Self.start + TimeAmount(limits.connectTimeout))
        #expect(try due(.handshaking) == Self.start + TimeAmount(limits.handshakeTimeout))
        #expect(try due(.sending) == Self.start + TimeAmount(limits.stallTimeout))
        #expect(try due(.awaiting) == Self.start + TimeAmount(limits.headerTimeout))
        #expect(try due(.body) == Self.start + TimeAmount(limits.stallTimeout))
        #expect(try due(.draining) == Self.start + ClientStateMachine.linger)
        #expect(try due(.closed) == nil)

        var waiting = try self.machine(in: .awaiting)
        _ = self.receive("2", &waiting)
        #expect(waiting.deadline == Self.start + TimeAmount(limits.headerTimeout))
        var body = try self.machine(in: .body)
        _ = self.receive("2", &body)
        #expect(body.deadline == Self.soon + TimeAmount(limits.stallTimeout))
        body.paused()
        #expect(body.deadline == nil)
        body.resumed(now: Self.soon)
        #expect(body.deadline == Self.soon + TimeAmount(limits.stallTimeout))
        var upload = try self.machine(in: .sending)
        upload.contentAwaited()
        #expect(upload.deadline == nil)
        upload.contentCame(now: Self.soon)
        #expect(upload.deadline == Self.soon + TimeAmount(limits.stallTimeout))
    }

    @Test("The time for the whole counts in every state, and for nothing once the connection is closed")
    func total() throws {
        let total = Self.start + .milliseconds(500)
        for phase in Phase.allCases where phase != .closed && phase != .draining {
            var machine = try self.machine(in: phase, totalDeadline: total)
            #expect(machine.deadline == total)
            guard case .none = machine.deadlineReached(now: Self.soon) else {
                Issue.record("\(phase) is over too early")
                return
            }
            guard case .fail(.timedOut(_, .total)) = machine.deadlineReached(now: total) else {
                Issue.record("\(phase) goes on")
                return
            }
            #expect(machine.deadline == nil)
        }
        #expect(try self.machine(in: .closed, totalDeadline: total).deadline == nil)
    }

    @Test("GP-014: a body may be as large as the limit and no larger")
    func size() throws {
        var limits = ClientLimits()
        limits.maximumBodySize = 4
        var machine = try self.machine(in: .body, limits: limits)
        #expect(self.receive("abc", &machine) == "piece")
        #expect(self.receive("d", &machine) == "piece")
        #expect(self.receive("e", &machine) == "bodyTooLarge")
        #expect(machine.isClosed)
    }
}
