import GeminiProtocol
import GeminiServer
import GeminiTLS
import Logging

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
/// Written by a thread of its own: where nobody reads standard error, no client and no shutdown waits for it.
struct ProgramLog: LogHandler {
    private static let writer = LineWriter(descriptor: STDERR_FILENO)

    var metadata: Logger.Metadata = [:]
    var logLevel: Logger.Level = .notice

    subscript(metadataKey key: String) -> Logger.Metadata.Value? {
        get { self.metadata[key] }
        set { self.metadata[key] = newValue }
    }

    func log(event: LogEvent) {
        let metadata = self.metadata.merging(event.metadata ?? [:]) { $1 }
        let details = metadata.sorted { $0.key < $1.key }.map { " \($0.key)=\($0.value)" }.joined()
        let text = Terminal.harmless("\(event.message)\(details)")
        Self.writer.add { lines in lines += Array("\(Timestamp.now) \(event.level): \(text)\n".utf8) }
    }

    /// Returns when what was said before is written.
    static func flush() async {
        await self.writer.flush()
    }
}
