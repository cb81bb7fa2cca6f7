import NIOCore
import Testing

@testable import GeminiServer

/// The stall limit of the state machine, with a clock of numbers: 400 s, looked at every 100.
@Suite("Stalled responses")
struct StallTests {
    struct Look: Sendable {
        var pending: Bool
        var acknowledged: UInt64

        /// Bytes wait, and the client has so many.
        static func waiting(_ acknowledged: UInt64) -> Look { Look(pending: true, acknowledged: acknowledged) }
        /// Nothing waits: the responder is at work.
        static func idle(_ acknowledged: UInt64) -> Look { Look(pending: false, acknowledged: acknowledged) }
    }

    struct Course: CustomTestStringConvertible, Sendable {
        var testDescription: String
        var looks: [Look]
        /// The look at which the connection is cut off, if it is.
        var cut: Int?
    }

    static let courses = [
        Course(
            testDescription: "a client that takes nothing from the beginning is cut after the limit",
            looks: [.waiting(5), .waiting(5), .waiting(5), .waiting(5), .waiting(5)],
            cut: 4
        ),
        Course(
            testDescription: "one that takes a byte at the last moment goes on",
            looks: [.waiting(5), .waiting(5), .waiting(5), .waiting(5), .waiting(6), .waiting(6), .waiting(7)],
            cut: nil
        ),
        Course(
            testDescription: "one that stops later is cut after the limit, counted from there",
            looks: [.waiting(5), .waiting(6), .waiting(6), .waiting(6), .waiting(6), .waiting(6)],
            cut: 5
        ),
        Course(
            testDescription: "a responder may take as long as it likes",
            looks: Array(repeating: .idle(5), count: 50),
            cut: nil
        ),
        Course(
            testDescription: "what waits after a long silence of the responder has all of the limit",
            looks: [
                .idle(5), .idle(5), .idle(5), .idle(5), .waiting(5), .waiting(5), .waiting(5), .waiting(5), .waiting(5),
            ],
            cut: 8
        ),
        Course(
            testDescription: "a buffer that empties in between is progress",
            looks: [.waiting(5), .waiting(5), .waiting(5), .waiting(5), .idle(5), .waiting(5), .waiting(5)],
            cut: nil
        ),
        Course(
            testDescription: "a large response may take for ever at a byte a look",
            looks: (0..<200).map { .waiting($0) },
            cut: nil
        ),
    ]

    @Test("GP-122: the course of a response", arguments: Self.courses)
    func course(_ course: Course) {
        var machine = ConnectionPhase.responding.machine()
        for (index, look) in course.looks.enumerated() {
            let now = machine.deadline
            #expect(now == ConnectionPhase.entry + .seconds(100 * Int64(index + 1)))
            #expect(machine.deadlineReached(now: now) == .checkProgress)
            let action = machine.progressChecked(pending: look.pending, acknowledged: look.acknowledged, now: now)
            let isCut = action == .cutOff
            #expect(isCut == (index == course.cut), "look \(index)")
            if isCut {
                #expect(ConnectionPhase(machine.state) == .closed)
                return
            }
        }
        #expect(course.cut == nil)
        #expect(ConnectionPhase(machine.state) == .responding)
    }

    @Test("After the response, a client has all of the limit for what the kernel holds, and then no time")
    func draining() {
        var machine = ConnectionPhase.draining.machine()
        for look in 0..<10 {
            let action = machine.progressChecked(pending: true, acknowledged: UInt64(look), now: machine.deadline)
            #expect(action == .none, "a byte a look is progress")
        }
        let stop = machine.deadline
        for _ in 0..<4 {
            #expect(machine.progressChecked(pending: true, acknowledged: 10, now: machine.deadline) == .none)
        }
        #expect(machine.deadline == stop + .seconds(400))
        var other = machine
        #expect(machine.progressChecked(pending: true, acknowledged: 10, now: machine.deadline) == .cutOff)
        #expect(ConnectionPhase(machine.state) == .closed)
        #expect(other.progressChecked(pending: false, acknowledged: 11, now: other.deadline) == .close)
        #expect(ConnectionPhase(other.state) == .closed)
    }
}
