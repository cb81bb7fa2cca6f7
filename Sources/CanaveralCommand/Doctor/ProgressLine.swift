import GeminiDoctor
import NIOConcurrencyHelpers

#if canImport(Darwin)
import Darwin
#elseif canImport(Glibc)
import Glibc
#elseif canImport(Musl)
import Musl
#endif

/// One line on a terminal's standard error that tells how far an examination is, and goes when it is over.
final class ProgressLine: Sendable {
    private let isShown = NIOLockedValueBox(false)
    private let isTerminal = isatty(STDERR_FILENO) == 1

    func show(_ progress: Doctor.Progress) {
        guard self.isTerminal else { return }
        let current = progress.running.last.map { ": \($0)" } ?? ""
        let line = "\(progress.finished) of \(progress.total)\(current)"
        self.isShown.withLockedValue { isShown in
            isShown = true
            self.put("\r\(line.prefix(self.width - 1))\u{1B}[K")
        }
    }

    func clear() {
        self.isShown.withLockedValue { isShown in
            if isShown { self.put("\r\u{1B}[K") }
            isShown = false
        }
    }

    private var width: Int {
        var size = winsize()
        guard ioctl(STDERR_FILENO, UInt(TIOCGWINSZ), &size) == 0, size.ws_col > 20 else { return 80 }
        return Int(size.ws_col)
    }

    private func put(_ text: String) {
        let bytes = Array(text.utf8)
        _ = bytes.withUnsafeBytes { write(STDERR_FILENO, $0.baseAddress, $0.count) }
    }
}
