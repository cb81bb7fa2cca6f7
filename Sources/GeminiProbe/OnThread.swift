import NIOConcurrencyHelpers

#if canImport(Darwin)
import Darwin
#elseif canImport(Glibc)
import Glibc
#elseif canImport(Musl)
import Musl
#endif

/// Does work that waits on a thread of its own, which is not one of the few that all tasks share.
package func onThread<Result: Sendable>(_ work: @escaping @Sendable () -> Result) async -> Result {
    await withCheckedContinuation { continuation in
        let start = Unmanaged.passRetained(ThreadStart { continuation.resume(returning: work()) }).toOpaque()
        if let thread = ThreadStart.begin(start) { pthread_detach(thread) }
    }
}

/// Does the same work several times at once, each on a thread of its own, and waits for all of them.
///
/// - Parameter work: given the number of its thread, from zero.
package func onThreads<Result: Sendable>(_ count: Int, _ work: @escaping @Sendable (Int) -> Result) -> [Result] {
    let results = NIOLockedValueBox([Result?](repeating: nil, count: count))
    let threads = (0..<count).compactMap { index in
        let start = Unmanaged.passRetained(
            ThreadStart {
                let result = work(index)
                results.withLockedValue { $0[index] = result }
            }
        ).toOpaque()
        return ThreadStart.begin(start)
    }
    for thread in threads { pthread_join(thread, nil) }
    return results.withLockedValue { $0.compactMap { $0 } }
}

/// Lets the thread that calls it rest.
package func rest(until deadline: Deadline) {
    while !deadline.hasPassed { poll(nil, 0, deadline.milliseconds) }
}

private final class ThreadStart {
    private let work: () -> Void

    init(_ work: @escaping () -> Void) {
        self.work = work
    }

    /// Begins on a new thread. Where there are no more of them, the work is done at once: better late than never.
    static func begin(_ start: UnsafeMutableRawPointer) -> pthread_t? {
        #if canImport(Darwin)
        var thread: pthread_t?
        if pthread_create(&thread, nil, { ThreadStart.run($0) }, start) == 0 { return thread }
        #else
        var thread = pthread_t()
        if pthread_create(&thread, nil, { ThreadStart.run($0!) }, start) == 0 { return thread }
        #endif
        _ = Self.run(start)
        return nil
    }

    private static func run(_ start: UnsafeMutableRawPointer) -> UnsafeMutableRawPointer? {
        Unmanaged<ThreadStart>.fromOpaque(start).takeRetainedValue().work()
        return nil
    }
}
