import ArgumentParser
import UnixSignals

/// Control-C, for a command that has something to put in order before it ends.
enum Interruption {
    /// What a shell reports of a command that a SIGINT ended.
    private static let exitCode = ExitCode(130)

    /// Runs a body that is cancelled by SIGINT or SIGTERM; the program then ends as one that such a signal ended.
    static func cancelling(_ body: @escaping @Sendable () async throws -> Void) async throws {
        let signals = await UnixSignalsSequence(trapping: .sigint, .sigterm)
        try await withThrowingTaskGroup(of: Bool.self) { tasks in
            tasks.addTask {
                for await _ in signals { return true }
                return false
            }
            tasks.addTask {
                try await body()
                return false
            }
            defer { tasks.cancelAll() }
            guard try await tasks.next() == true else { return }
            tasks.cancelAll()
            _ = try? await tasks.next()
            throw Self.exitCode
        }
    }
}
