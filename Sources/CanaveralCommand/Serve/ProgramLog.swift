import GeminiProtocol
import GeminiServer
import GeminiTLS
import Logging
import Synchronization

#if canImport(Darwin)
import Darwin
#elseif canImport(Glibc)
import Glibc
#elseif canImport(Musl)
import Musl
#endif

/// What the server says on standard error, a line each:
///
///     2026-11-20T20:51:09Z notice: The certificate for localhost was renewed with the same key.
///
/// In systemd's journal, which knows the time and the level by itself, the line begins with its priority instead:
///
///     <5>The certificate for localhost was renewed with the same key.
///
/// Written by a thread of its own: where nobody reads standard error, no client and no shutdown waits for it.
struct ProgramLog: LogHandler {
    private static let writer = LineWriter(descriptor: STDERR_FILENO)
    /// Whether standard error is systemd's journal.
    static let isJournal = Journal.receives(STDERR_FILENO)

    /// How much is said, by every logger.
    private static let level = Mutex(Logger.Level.notice)

    /// Has every logger say so much from now on.
    static func set(_ level: Logger.Level) {
        Self.level.withLock { $0 = level }
    }

    /// A logger that writes here.
    static func logger() -> Logger {
        Logger(label: "canaveral") { _ in ProgramLog() }
    }

    var metadata: Logger.Metadata = [:]
    var logLevel: Logger.Level {
        get { Self.level.withLock { $0 } }
        set { Self.level.withLock { $0 = newValue } }
    }

    subscript(metadataKey key: String) -> Logger.Metadata.Value? {
        get { self.metadata[key] }
        set { self.metadata[key] = newValue }
    }

    func log(event: LogEvent) {
        let metadata = self.metadata.merging(event.metadata ?? [:]) { $1 }
        let details = metadata.sorted { $0.key < $1.key }.map { " \($0.key)=\($0.value)" }.joined()
        let text = Terminal.harmless("\(event.message)\(details)")
        let line = Self.line(text, level: event.level, at: .now, isJournal: Self.isJournal)
        Self.writer.add { lines in lines += Array(line.utf8) }
    }

    /// A line with its end.
    static func line(_ text: String, level: Logger.Level, at moment: Timestamp, isJournal: Bool) -> String {
        isJournal ? "\(level.priority.prefix)\(text)\n" : "\(moment) \(level): \(text)\n"
    }

    /// Returns when what was said before is written.
    static func flush() async {
        await self.writer.flush()
    }
}

extension Logger.Level {
    fileprivate var priority: Journal.Priority {
        switch self {
        case .trace, .debug: .debug
        case .info: .info
        case .notice: .notice
        case .warning: .warning
        case .error: .error
        case .critical: .critical
        }
    }
}
