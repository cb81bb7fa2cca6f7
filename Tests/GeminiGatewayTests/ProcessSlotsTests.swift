import GeminiServer
import NIOCore
import TestSupport
import Testing

@testable import GeminiGateway

@Suite("Places for programs and daemons", .timeLimit(.minutes(10)))
struct ProcessSlotsTests {
    private let greedy = ClientNetwork.v4(1)
    private let other = ClientNetwork.v4(2)

    @Test("Nobody waits behind a client that has its share")
    func order() async throws {
        let slots = ProcessSlots(count: 8)
        for _ in 0..<2 { try await slots.take(for: self.greedy, within: .hours(1)) }
        let waiting = (0..<40).map { _ in
            Task {
                try await slots.take(for: self.greedy, within: .hours(1))
                slots.release(self.greedy)
            }
        }
        for _ in 0..<2 { try await slots.take(for: self.other, within: .hours(1)) }
        for _ in 0..<4 { try await slots.take(for: nil, within: .hours(1)) }

        // All are taken now: who has a right to one that becomes free gets it.
        let late = Task { try await slots.take(for: .v4(3), within: .hours(1)) }
        slots.release(nil)
        try await late.value
        for _ in 0..<2 { slots.release(self.greedy) }
        for task in waiting { try await task.value }
    }

    @Test("Who is refused is told whether it is his share, or all places")
    func reasons() async throws {
        let slots = ProcessSlots(count: 3)
        for _ in 0..<2 { try await slots.take(for: self.greedy, within: .hours(1)) }
        await #expect(throws: ProcessSlots.Busy.overShare) {
            try await slots.take(for: self.greedy, within: .milliseconds(1))
        }
        try await slots.take(for: self.other, within: .hours(1))
        await #expect(throws: ProcessSlots.Busy.full) {
            try await slots.take(for: self.other, within: .milliseconds(1))
        }
    }

    @Test("A client cannot take all places to wait")
    func waiting() async throws {
        let slots = ProcessSlots(count: 4)
        for _ in 0..<2 { try await slots.take(for: self.greedy, within: .hours(1)) }
        let refused = Counter()
        let waiting = (0..<200).map { _ in
            Task {
                do {
                    try await slots.take(for: self.greedy, within: .hours(1))
                    slots.release(self.greedy)
                } catch {
                    await refused.add(1)
                }
            }
        }
        #expect(await eventually { await refused.total == 200 - 128 })
        for _ in 0..<2 { slots.release(self.greedy) }
        for task in waiting { await task.value }
        #expect(await refused.total == 200 - 128)
    }

    @Test("A wait that is cancelled ends, and takes no place")
    func cancelled() async throws {
        let slots = ProcessSlots(count: 1)
        try await slots.take(for: self.greedy, within: .hours(1))
        let waiting = Task { try await slots.take(for: self.greedy, within: .hours(1)) }
        waiting.cancel()
        await #expect(throws: CancellationError.self) { try await waiting.value }
        slots.release(self.greedy)
        try await slots.take(for: self.other, within: .hours(1))
    }
}
