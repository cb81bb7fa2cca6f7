import UnixSignals

#if canImport(Darwin)
import Darwin
#elseif canImport(Glibc)
import Glibc
#elseif canImport(Musl)
import Musl
#endif

/// Control-C, for work that has something to show when it is ended before its time.
enum Interruption {
    /// Does the work; the first SIGINT or SIGTERM cancels its task, and another one ends the process.
    static func cancelling<Result: Sendable>(
        _ work: @escaping @Sendable () async throws -> Result
    ) async throws -> Result {
        let signals = await UnixSignalsSequence(trapping: .sigint, .sigterm)
        let working = Task { try await work() }
        let listening = Task {
            for await _ in signals {
                if working.isCancelled { _exit(130) }
                working.cancel()
            }
        }
        defer { listening.cancel() }
        return try await working.value
    }
}
