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
        #if canImport(Darwin)
        var thread: pthread_t?
        let result = pthread_create(&thread, nil, { ThreadStart.run($0) }, start)
        if let thread { pthread_detach(thread) }
        #else
        var thread = pthread_t()
        let result = pthread_create(&thread, nil, { ThreadStart.run($0!) }, start)
        if result == 0 { pthread_detach(thread) }
        #endif
        // Out of threads: better to wait in this one than not to do it.
        if result != 0 { _ = ThreadStart.run(start) }
    }
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

    static func run(_ start: UnsafeMutableRawPointer) -> UnsafeMutableRawPointer? {
        Unmanaged<ThreadStart>.fromOpaque(start).takeRetainedValue().work()
        return nil
    }
}
