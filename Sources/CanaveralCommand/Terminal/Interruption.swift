import ArgumentParser
import Synchronization
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
    ///
    /// - Parameter patience: how long the work may take to end after the first; as long as it likes unless given.
    static func cancelling<Result: Sendable>(
        patience: Duration? = nil,
        _ work: @escaping @Sendable () async throws -> Result
    ) async throws -> Result {
        let signals = await UnixSignalsSequence(trapping: .sigint, .sigterm)
        let working = Task { try await work() }
        let listening = Task {
            for await signal in signals {
                if signal == .sigint, Self.isForAnother { continue }
                if working.isCancelled { _exit(130) }
                working.cancel()
                if let patience {
                    // It may wait for somebody at the terminal, which no cancellation ends.
                    Task {
                        try? await Task.sleep(for: patience)
                        _exit(130)
                    }
                }
            }
        }
        defer { listening.cancel() }
        return try await working.value
    }

    /// Does work that is nothing when it is not whole; when a signal ends it, so does the program, with the exit code of
    /// one that the signal ended.
    static func ending(_ work: @escaping @Sendable () async throws -> Void) async throws {
        try await self.cancelling(patience: .seconds(1)) {
            do {
                try await work()
            } catch {
                throw Task.isCancelled ? Self.exitCode : error
            }
        }
    }

    /// Does something during which Control-C is for another program at the same terminal, such as an editor.
    static func yielding<Result>(_ work: () async throws -> Result) async rethrows -> Result {
        self.end.withLock { $0 = .never }
        let result = try await work()
        // A Control-C that ended the other program may still be on its way to this one.
        self.end.withLock { $0 = .at(.now + .milliseconds(200)) }
        return result
    }

    private static var isForAnother: Bool {
        switch self.end.withLock({ $0 }) {
        case .never: true
        case .at(let end): .now < end
        }
    }

    /// When Control-C is for this program again.
    private enum End {
        case never
        case at(ContinuousClock.Instant)
    }

    private static let end = Mutex(End.at(.now))

    private static let exitCode = ExitCode(130)
}
