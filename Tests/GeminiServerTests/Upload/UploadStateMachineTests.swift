import GeminiProtocol
import NIOCore
import Testing

@testable import GeminiServer

/// The decisions on the body of an upload of ten bytes, with a clock of numbers: 400 s of standstill, 1,000 s in all.
@Suite("Upload state machine")
struct UploadStateMachineTests {
    static let entry = ConnectionPhase.entry

    static func machine(_ parameters: String = "size=10", with first: String = "") throws -> ConnectionStateMachine {
        var limits = ConnectionPhase.limits
        limits.uploadTimeout = .seconds(1000)
        limits.uploadSize = 100
        limits.linger = .seconds(2)
        var machine = ConnectionStateMachine(limits: limits, now: self.entry)
        machine.handshakeCompleted(now: self.entry)
        _ = machine.receive("titan://localhost/;\(parameters)\r\n", at: self.entry)
        let line = Array("titan://localhost/;\(parameters)".utf8)
        let request = try RequestLine(parsing: line.span)
        let titan = try #require(request.titan)
        let action = machine.beginUpload(titan, with: ByteBuffer(string: first), now: self.entry)
        #expect(action == .none)
        return machine
    }

    enum Step: Sendable, Equatable {
        case ask
        case bytes(String)
        case inputClosed, abandon
        case look(Int64)
        case answer
    }

    /// What a course of steps comes to: the action of its last step.
    struct Course: Sendable, CustomTestStringConvertible {
        var testDescription: String
        var steps: [Step]
        var last: IncomingUpload.Action

        init(_ description: String, _ steps: [Step], _ last: IncomingUpload.Action) {
            self.testDescription = description
            self.steps = steps
            self.last = last
        }
    }

    static func text(_ text: String) -> IncomingUpload.Action { .deliver(ByteBuffer(string: text)) }

    static let courses = [
        Course("Whoever asks first waits, and the socket is read", [.ask], .read),
        Course("What comes to somebody who waits is handed over", [.ask, .bytes("abc")], text("abc")),
        Course("What comes to nobody is kept", [.bytes("abc")], .none),
        Course("and handed over together", [.bytes("abc"), .bytes("def"), .ask], text("abcdef")),
        Course("The last bytes are no end yet", [.ask, .bytes("0123456789")], text("0123456789")),
        Course("A whole body ends", [.bytes("0123456789"), .ask, .ask], .end),
        Course("and goes on ending", [.bytes("0123456789"), .ask, .ask, .ask], .end),
        Course("TI-15: a byte too many fails who waits", [.ask, .bytes("0123456789+")], .fail(.tooLong)),
        Course("TI-15: and whoever asks later", [.bytes("0123456789+"), .ask], .fail(.tooLong)),
        Course(
            "TI-15: also behind bytes that were good",
            [.bytes("0123456789"), .ask, .bytes("+"), .ask],
            .fail(.tooLong)
        ),
        Course("TI-15: and what comes after it changes nothing", [.bytes("0123456789+"), .bytes("x")], .none),
        Course("TI-15: the end of input fails who waits", [.ask, .inputClosed], .fail(.incomplete)),
        Course(
            "TI-15: and whoever asks later, with bytes at hand",
            [.bytes("abc"), .inputClosed, .ask],
            .fail(.incomplete)
        ),
        Course(
            "The end of input behind a whole body is none of its business",
            [.bytes("0123456789"), .inputClosed],
            .none
        ),
        Course("and the body can be read", [.bytes("0123456789"), .inputClosed, .ask], text("0123456789")),
        Course("A client that sends nothing has its time", [.ask, .look(399)], .none),
        Course("and no more", [.ask, .look(400)], .fail(.stalled)),
        Course("A byte is progress", [.ask, .bytes("a"), .look(300), .ask, .look(600)], .none),
        Course("Nobody waits, nobody stalls", [.look(900)], .none),
        Course("Who has stopped waiting is not told", [.ask, .abandon, .look(900)], .none),
        Course("The time for all of it ends", [.look(900), .ask, .look(1000)], .fail(.timedOut)),
        Course("also where nobody waits then", [.look(1000), .ask], .fail(.timedOut)),
        Course("but not that of a whole body", [.bytes("0123456789"), .look(1000), .ask], text("0123456789")),
    ]

    @Test("The course of an upload", arguments: Self.courses)
    func course(_ course: Course) throws {
        var machine = try Self.machine()
        var now = Self.entry
        var last = IncomingUpload.Action.none
        for step in course.steps {
            last = .none
            switch step {
            case .ask:
                guard case .upload(let action) = machine.uploadAsked(now: now) else {
                    Issue.record("answered")
                    return
                }
                last = action
            case .bytes(let text): last = machine.receivedUpload(ByteBuffer(string: text))
            case .inputClosed:
                if case .upload(let action) = machine.inputClosed() { last = action }
            case .abandon: machine.uploadAbandoned()
            case .look(let seconds):
                now = Self.entry + .seconds(seconds)
                if case .upload(let action) = machine.deadlineReached(now: now) { last = action }
            case .answer: machine.uploadAnswered(now: now)
            }
        }
        #expect(last == course.last)
        #expect(ConnectionPhase(machine.state) == .uploading)
    }

    @Test("TI-16: the client is held back until the body has come, and no longer")
    func holding() throws {
        var machine = try Self.machine(with: "abc")
        #expect(machine.holdsClientBack)
        _ = machine.receivedUpload(ByteBuffer(string: "defghij"))
        #expect(!machine.holdsClientBack)
        machine = try Self.machine()
        machine.uploadAnswered(now: Self.entry)
        #expect(!machine.holdsClientBack)
    }

    @Test("The looks go on until the end of the time for an upload, however it trickles")
    func looks() throws {
        var machine = try Self.machine()
        for second in stride(from: Int64(100), through: 900, by: 100) {
            #expect(machine.deadline == Self.entry + .seconds(second))
            _ = machine.uploadAsked(now: machine.deadline)
            _ = machine.receivedUpload(ByteBuffer(string: "x"))
            #expect(machine.deadlineReached(now: machine.deadline) == .none)
        }
        _ = machine.uploadAsked(now: machine.deadline)
        #expect(machine.deadline == Self.entry + .seconds(1000))
        #expect(machine.deadlineReached(now: machine.deadline) == .upload(.fail(.timedOut)))
    }

    @Test(
        "TI-15, TI-33: what is too much with its line is refused at once",
        arguments: [
            ("size=3", "abcd", UploadError.tooLong), ("size=0", "a", .tooLong), ("edit", "a", .editWithBody),
        ]
    )
    func excess(_ parameters: String, _ first: String, _ error: UploadError) throws {
        var machine = try Self.machine()
        machine = ConnectionStateMachine(limits: Limits(), now: Self.entry)
        machine.handshakeCompleted(now: Self.entry)
        let action = machine.receive("titan://localhost/;\(parameters)\r\n\(first)", at: Self.entry)
        guard case .respond(let line, _, let excess) = action, let titan = line.titan else {
            Issue.record("no request")
            return
        }
        #expect(excess == first.utf8.count)
        #expect(machine.beginUpload(titan, with: ByteBuffer(string: first), now: Self.entry) == .refuse(error))
    }

    @Test("TI-33: bytes behind a request to edit are answered when they come")
    func edit() throws {
        var machine = try Self.machine("edit")
        #expect(!machine.holdsClientBack)
        #expect(machine.inputClosed() == .upload(.none))
        #expect(machine.receivedUpload(ByteBuffer(string: "x")) == .refuse(.editWithBody))
    }

    @Test("A body that was answered is read no more")
    func answered() throws {
        var machine = try Self.machine(with: "abc")
        machine.uploadAnswered(now: Self.entry)
        #expect(ConnectionPhase(machine.state) == .responding)
        #expect(machine.uploadAsked(now: Self.entry) == .answered)
        machine.closed()
        #expect(machine.uploadAsked(now: Self.entry) == .upload(.fail(.incomplete)))
    }

    @Test("TI-13: what comes after an early answer is dropped up to the size limit, then the client is cut off")
    func dropping() throws {
        var machine = try Self.machine("size=1000")
        machine.uploadAnswered(now: Self.entry)
        machine.responseSent(now: Self.entry)
        guard case .none = machine.receive(String(repeating: "x", count: 100), at: Self.entry) else {
            Issue.record("cut off too early")
            return
        }
        guard case .cutOff = machine.receive("x", at: Self.entry) else {
            Issue.record("not cut off")
            return
        }
        #expect(ConnectionPhase(machine.state) == .closed)
    }

    @Test("TI-13: a client that still sends is waited for, but not for ever")
    func lingering() throws {
        var machine = try Self.machine("size=1000")
        machine.uploadAnswered(now: Self.entry)
        machine.responseSent(now: Self.entry)
        while machine.deadline < Self.entry + .seconds(400) {
            _ = machine.receive("", at: machine.deadline)
            #expect(machine.progressChecked(pending: false, acknowledged: 7, now: machine.deadline) == .none)
        }
        var quiet = machine
        _ = machine.receive("", at: machine.deadline)
        #expect(machine.progressChecked(pending: false, acknowledged: 7, now: machine.deadline) == .close)
        #expect(quiet.progressChecked(pending: false, acknowledged: 7, now: quiet.deadline) == .close)
    }

    @Test("After a whole upload and its answer, the client is waited for as after any request")
    func whole() throws {
        var machine = try Self.machine(with: "0123456789")
        machine.uploadAnswered(now: Self.entry)
        machine.responseSent(now: Self.entry)
        _ = machine.receive("x", at: Self.entry)
        #expect(machine.progressChecked(pending: false, acknowledged: 7, now: machine.deadline) == .close)
    }
}
