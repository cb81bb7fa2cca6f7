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
            let isCut = machine.stallChecked(pending: look.pending, acknowledged: look.acknowledged, now: now)
            #expect(isCut == (index == course.cut), "look \(index)")
            if isCut {
                #expect(ConnectionPhase(machine.state) == .closed)
                return
            }
        }
        #expect(course.cut == nil)
        #expect(ConnectionPhase(machine.state) == .responding)
    }
}
