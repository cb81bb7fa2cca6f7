#if canImport(Darwin)
import Darwin
#elseif canImport(Glibc)
import Glibc
#elseif canImport(Musl)
import Musl
#endif

/// A line on the terminal behind standard error that is written over and over, and goes when the work is done. Without a
/// terminal there is none.
struct ProgressLine: Sendable {
    private let isShown = isatty(STDERR_FILENO) == 1

    /// What fits on one line, with the ^C that a terminal may show behind it: a longer text could not be taken back.
    var width: Int { min(Terminal.columns(of: STDERR_FILENO), 80) - 3 }

    /// Shows a text in the place of the last one.
    func show(_ text: String) {
        guard self.isShown else { return }
        Terminal.note("\r\u{1B}[K" + Terminal.harmless(text).prefix(columns: self.width))
    }

    /// Takes the line away.
    func clear() {
        guard self.isShown else { return }
        Terminal.note("\r\u{1B}[K")
    }
}
