import ArgumentParser
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

    /// Does work that is nothing when it is not whole; when a signal ends it, so does the program, with the exit code of
    /// one that the signal ended.
    static func ending(_ work: @escaping @Sendable () async throws -> Void) async throws {
        try await self.cancelling {
            do {
                try await work()
            } catch {
                throw Task.isCancelled ? Self.exitCode : error
            }
        }
    }

    private static let exitCode = ExitCode(130)
}
