#if canImport(Darwin)
import Darwin
#elseif canImport(Glibc)
import Glibc
#elseif canImport(Musl)
import Musl
#endif

/// A line that changes while something takes its time.
extension Terminal {
    /// Shows a line in place of the one before; `nil` takes it away. Where standard error is no terminal, nothing is shown.
    static func status(_ line: String?) {
        guard isatty(STDERR_FILENO) == 1 else { return }
        let text = line.map { "\r\u{1B}[K\(self.harmless($0).prefix(self.columns - 1))" } ?? "\r\u{1B}[K"
        _ = self.put(Array(text.utf8)[...], to: STDERR_FILENO)
    }
}
