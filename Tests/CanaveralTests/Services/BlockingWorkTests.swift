import Canaveral
import NIOConcurrencyHelpers
import TestSupport
import Testing

@Suite("Blocking work")
struct BlockingWorkTests {
    private struct Breakage: Error {}

    @Test("Work has a result or an error, on a thread that may block")
    func results() async throws {
        let app = try Asking { routes in
            routes.page("/") { context in
                let sum = try await context.blocking { (1...100).reduce(0, +) }
                return .text("\(sum)")
            }
        }
        #expect(try await app.answer(to: "/") == "20 5050")
        await #expect(throws: Breakage.self) { try await BlockingWork.run { throw Breakage() } }
    }

    @Test("Work that has not begun when its task is cancelled does not begin")
    func cancellation() async throws {
        let work = BlockingWork(threads: 1)
        let lock = ConditionLock(value: 0)
        let ran = NIOLockedValueBox(false)
        let first = Task.immediate {
            try await work.run {
                lock.lock(whenValue: 1)
                lock.unlock()
            }
        }
        let second = Task.immediate { try await work.run { ran.withLockedValue { $0 = true } } }
        second.cancel()
        lock.lock()
        lock.unlock(withValue: 1)
        try await first.value
        await #expect(throws: CancellationError.self) { try await second.value }
        #expect(!ran.withLockedValue { $0 })
    }
}
