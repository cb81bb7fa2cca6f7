#if canImport(Darwin)
import Darwin
#elseif canImport(Glibc)
import Glibc
#elseif canImport(Musl)
import Musl
#endif

/// Standard output, as what reads it.
extension Terminal {
    /// Whether a person reads the results, rather than a program or a file.
    static var isResultTerminal: Bool {
        isatty(STDOUT_FILENO) == 1
    }

    /// Whether results may be coloured (https://no-color.org).
    static var resultIsStyled: Bool {
        self.isResultTerminal && getenv("NO_COLOR") == nil && !(getenv("TERM").map { String(cString: $0) } == "dumb")
    }

    /// How many columns the terminal has that results go to; 80 where it does not say.
    static var columns: Int { self.columns(of: STDOUT_FILENO) }

    static func columns(of descriptor: CInt) -> Int {
        var size = winsize()
        guard ioctl(descriptor, UInt(TIOCGWINSZ), &size) == 0, size.ws_col > 0 else { return 80 }
        return Int(size.ws_col)
    }

    /// Writes lines of a result that has no end yet.
    ///
    /// - Throws: ``Failure`` where they cannot be written, so that no more of it has to be made.
    static func result(lines: [String]) throws(Failure) {
        try self.result(bytes: Array(lines.map { $0 + "\n" }.joined().utf8))
    }

    /// Writes bytes to standard output as they are.
    ///
    /// - Throws: ``Failure`` where they cannot be written, on a full disk for example.
    static func result(bytes: [UInt8]) throws(Failure) {
        if let error = self.put(bytes[...], to: STDOUT_FILENO) { throw Self.unwritten(error) }
    }
}
