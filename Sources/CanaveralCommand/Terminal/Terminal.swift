#if canImport(Darwin)
import Darwin
#elseif canImport(Glibc)
import Glibc
#elseif canImport(Musl)
import Musl
#endif

/// The person at the other end of standard input and standard error, if there is one.
enum Terminal {
    /// Whether a question can be asked and answered.
    static var isInteractive: Bool {
        isatty(STDIN_FILENO) == 1 && isatty(STDERR_FILENO) == 1
    }

    /// Whether notices may be coloured (https://no-color.org).
    private static let usesColor =
        isatty(STDERR_FILENO) == 1 && getenv("NO_COLOR") == nil
        && !(getenv("TERM").map { String(cString: $0) } == "dumb")

    enum Style: String {
        case bold = "1"
        case dim = "2"
        case cyan = "36"
    }

    static func styled(_ text: String, _ style: Style) -> String {
        self.usesColor ? "\u{1B}[\(style.rawValue)m\(text)\u{1B}[0m" : text
    }

    /// The text with what would steer a terminal made visible: names of files can hold anything.
    static func harmless(_ text: String) -> String {
        text.unicodeScalars.reduce(into: "") { result, scalar in
            switch scalar.properties.generalCategory {
            case .control, .format, .lineSeparator, .paragraphSeparator: result += scalar.escaped(asASCII: true)
            default: result.unicodeScalars.append(scalar)
            }
        }
    }

    /// Writes a line to standard error.
    static func notice(_ line: String) {
        self.put(line + "\n", to: STDERR_FILENO)
    }

    /// Writes to standard error without ending the line.
    static func note(_ text: String) {
        self.put(text, to: STDERR_FILENO)
    }

    /// Writes a line of a result to standard output.
    static func result(_ line: String) {
        self.put(line + "\n", to: STDOUT_FILENO)
    }

    /// Asks a question whose answer is yes or no; no is the answer to anything else.
    static func confirm(_ question: String) -> Bool {
        self.put("\(question) [y/N] ", to: STDERR_FILENO)
        let answer = readLine()?.lowercased()
        return answer == "y" || answer == "yes"
    }

    private static func put(_ text: String, to descriptor: CInt) {
        var bytes = Array(text.utf8)[...]
        while !bytes.isEmpty {
            let written = bytes.withUnsafeBytes { write(descriptor, $0.baseAddress, $0.count) }
            if written < 0 && errno == EINTR { continue }
            guard written > 0 else { return }
            bytes = bytes.dropFirst(written)
        }
    }
}
