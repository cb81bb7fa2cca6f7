import Synchronization

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
    static func harmless(_ text: String, keeping kept: Set<Unicode.Scalar> = []) -> String {
        text.unicodeScalars.reduce(into: "") { result, scalar in
            switch scalar.properties.generalCategory {
            case _ where kept.contains(scalar): result.unicodeScalars.append(scalar)
            case .control, .format, .lineSeparator, .paragraphSeparator: result += scalar.escaped(asASCII: true)
            default: result.unicodeScalars.append(scalar)
            }
        }
    }

    /// Text of a page, with what would steer a terminal made visible.
    static func readable(_ text: String) -> String {
        self.harmless(text, keeping: self.readableFormats)
    }

    /// What has no width and steers nothing, as emoji and many scripts need: the soft hyphen, spaces without width,
    /// joiners, marks of direction for the one character, and the tags of flags.
    private static let readableFormats: Set<Unicode.Scalar> = {
        var scalars: Set<Unicode.Scalar> = ["\t", "\u{AD}", "\u{61C}", "\u{2060}", "\u{FEFF}"]
        for range in [0x200B...0x200F, 0xE0020...0xE007F] {
            scalars.formUnion(range.compactMap { Unicode.Scalar(UInt32($0)) })
        }
        return scalars
    }()

    /// Writes a line to standard error. Nobody could be told if that fails.
    static func notice(_ line: String) {
        _ = self.put(line + "\n", to: STDERR_FILENO)
    }

    /// Writes to standard error without ending the line.
    static func note(_ text: String) {
        _ = self.put(text, to: STDERR_FILENO)
    }

    /// Writes a line of a result to standard output, unless an earlier one could not be written.
    static func result(_ line: String) {
        self.errorOfResults.withLock { error in
            if error == nil { error = self.put(line + "\n", to: STDOUT_FILENO) }
        }
    }

    /// The system's error at the first line of a result that could not be written.
    private static let errorOfResults = Mutex<CInt?>(nil)

    /// What a command ends with, whatever else it came to, when some of its result could not be written.
    static var failureToWriteResults: Failure? {
        self.errorOfResults.withLock { $0 }.map(self.unwritten)
    }

    static func unwritten(_ error: CInt) -> Failure {
        if error == EPIPE { return .unread }
        return .work(
            "The result could not be written to standard output (\(Failure.reason(error))): send it elsewhere, or make room for it."
        )
    }

    private static func put(_ text: String, to descriptor: CInt) -> CInt? {
        self.put(Array(text.utf8)[...], to: descriptor)
    }

    /// Writes all of the bytes.
    ///
    /// - Returns: the system's error, if there is one.
    static func put(_ bytes: ArraySlice<UInt8>, to descriptor: CInt) -> CInt? {
        var bytes = bytes
        while !bytes.isEmpty {
            let written = bytes.withUnsafeBytes { write(descriptor, $0.baseAddress, $0.count) }
            if written < 0 && errno == EINTR { continue }
            guard written > 0 else { return errno }
            bytes = bytes.dropFirst(written)
        }
        return nil
    }
}
