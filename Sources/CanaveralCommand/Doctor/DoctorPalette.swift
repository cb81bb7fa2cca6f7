import GeminiDoctor

#if canImport(Darwin)
import Darwin
#elseif canImport(Glibc)
import Glibc
#elseif canImport(Musl)
import Musl
#endif

/// The colours of a report on a terminal (https://no-color.org).
enum DoctorPalette {
    private static let usesColor =
        isatty(STDOUT_FILENO) == 1 && getenv("NO_COLOR") == nil
        && !(getenv("TERM").map { String(cString: $0) } == "dumb")

    @Sendable
    static func styled(_ text: String, _ style: TextReport.Style) -> String {
        guard self.usesColor else { return text }
        let code =
            switch style {
            case .heading: "1"
            case .violation: "1;31"
            case .warning: "33"
            case .good: "32"
            case .dim: "2"
            case .note: "0"
            }
        return "\u{1B}[\(code)m\(text)\u{1B}[0m"
    }
}
