public import Logging
import NIOConcurrencyHelpers

#if canImport(Darwin)
import Darwin
#elseif canImport(Glibc)
import Glibc
#elseif canImport(Musl)
import Musl
#endif

/// An access log in a file or on standard output, one line an exchange.
///
/// Lines are written by a thread of its own some 20 ms after they occur, many at once when there are many: a pipe that
/// nobody reads, or a full disk, delays no client. Up to 1 MiB of lines wait; more than that are dropped, and the
/// server's log says how many. Thread-safe.
public final class AccessLogFile: AccessLogSink {
    /// Lines gather for so many microseconds.
    private static let delay: UInt32 = 20_000

    private let format = NIOLockedValueBox(AccessLogFormat())
    private let writer: LineWriter

    /// A log on standard output.
    public static func standardOutput(logger: Logger) -> AccessLogFile {
        AccessLogFile(descriptor: STDOUT_FILENO, closesDescriptor: false, logger: logger)
    }

    /// A log that is appended to a file, which is made (for owner and group to read) where it does not exist.
    ///
    /// - Throws: ``FileError`` if the file cannot be opened for writing; a FIFO can if somebody reads it.
    public convenience init(path: String, logger: Logger) throws {
        // To open a FIFO would wait for its reader; without waiting, none is an error. From then on a write may wait.
        let descriptor = unsafe open(path, O_WRONLY | O_APPEND | O_CREAT | O_CLOEXEC | O_NONBLOCK, 0o640)
        guard descriptor >= 0 else {
            throw FileError(path: path, errno: errno)
        }
        let flags = fcntl(descriptor, F_GETFL)
        _ = fcntl(descriptor, F_SETFL, flags & ~O_NONBLOCK)
        self.init(descriptor: descriptor, closesDescriptor: true, logger: logger)
    }

    private init(descriptor: CInt, closesDescriptor: Bool, logger: Logger) {
        self.writer = LineWriter(
            descriptor: descriptor,
            closesDescriptor: closesDescriptor,
            delay: Self.delay
        ) { trouble in
            switch trouble {
            case .dropped(let count):
                logger.error("\(count) lines of the access log were dropped, because it is not written fast enough.")
            case .failing(let error):
                logger.error("The access log cannot be written: \(FileError.reason(error)).")
            case .recovered(let lost):
                logger.notice("The access log is written again; \(lost) lines were lost.")
            }
        }
    }

    public func record(_ entry: AccessLogEntry) {
        self.writer.add { lines in
            self.format.withLockedValue { $0.append(entry, to: &lines) }
        }
    }

    /// Returns when all that was recorded before is written, for the end of a program.
    public func flush() async {
        await self.writer.flush()
    }
}
