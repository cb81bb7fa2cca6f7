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

    private let path: String?
    private let formatter: NIOLockedValueBox<AccessLogFormatter>
    private let writer: LineWriter
    private let logger: Logger

    /// A log on standard output. Where that is systemd's journal, each line tells it its priority, info.
    public static func standardOutput(format: AccessLogFormat = .jetforce, logger: Logger) -> AccessLogFile {
        .standardOutput(format: format, isJournal: Journal.receives(STDOUT_FILENO), logger: logger)
    }

    package static func standardOutput(
        descriptor: CInt = STDOUT_FILENO,
        format: AccessLogFormat,
        isJournal: Bool,
        logger: Logger
    ) -> AccessLogFile {
        let formatter = AccessLogFormatter(format, prefix: isJournal ? Journal.Priority.info.prefix : "")
        return AccessLogFile(path: nil, descriptor: descriptor, formatter: formatter, logger: logger)
    }

    /// A log that is appended to a file, which is made (for owner and group to read) where it does not exist.
    ///
    /// - Throws: ``FileError`` if the file cannot be opened for writing; a FIFO can if somebody reads it.
    public convenience init(path: String, format: AccessLogFormat = .jetforce, logger: Logger) throws {
        let descriptor = try Self.open(path)
        self.init(path: path, descriptor: descriptor, formatter: AccessLogFormatter(format), logger: logger)
    }

    private static func open(_ path: String) throws(FileError) -> CInt {
        // To open a FIFO would wait for its reader; without waiting, none is an error. From then on a write may wait.
        let descriptor = unsafe systemOpen(path, O_WRONLY | O_APPEND | O_CREAT | O_CLOEXEC | O_NONBLOCK, 0o640)
        guard descriptor >= 0 else {
            throw FileError(path: path, errno: errno)
        }
        let flags = fcntl(descriptor, F_GETFL)
        _ = fcntl(descriptor, F_SETFL, flags & ~O_NONBLOCK)
        return descriptor
    }

    private init(path: String?, descriptor: CInt, formatter: AccessLogFormatter, logger: Logger) {
        self.path = path
        self.formatter = NIOLockedValueBox(formatter)
        self.logger = logger
        self.writer = LineWriter(
            descriptor: descriptor,
            closesDescriptor: path != nil,
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
            self.formatter.withLockedValue { $0.append(entry, to: &lines) }
        }
    }

    /// Opens the file by its path again, for whoever has moved it away, as `logrotate` does: what was recorded before is in
    /// the old file when this returns, and what is recorded after that goes to the new one.
    ///
    /// Where the file cannot be opened the log goes on in the one that it has, and the server's log says so. A log on
    /// standard output stays as it is.
    public func reopen() async {
        guard let path = self.path else { return }
        do {
            try await self.writer.replaceDescriptor { try Self.open(path) }
            self.logger.info("The access log was opened again.", metadata: ["path": "\(path)"])
        } catch {
            let fate =
                self.writer.isUnlinked
                ? ", and its lines go to a file that was removed, where they are lost"
                : " and goes on in the file that it has"
            let advice =
                Self.isSandboxed(path, error)
                ? " Its folder is another than at the start, for which the sandbox of this server is closed: restart the server, and have logs rotated without removing their folder."
                : ""
            self.logger.error("The access log cannot be opened again\(fate): \(error)\(advice)")
        }
    }

    /// Whether something else than owners and modes keeps this process from a file.
    private static func isSandboxed(_ path: String, _ error: any Error) -> Bool {
        guard (error as? FileError)?.errno == EACCES else { return false }
        let folder = path.lastIndex(of: "/").map { $0 == path.startIndex ? "/" : String(path[..<$0]) } ?? "."
        let place = unsafe access(path, F_OK) == 0 ? path : folder
        return unsafe access(folder, X_OK) == 0 && access(place, W_OK) == 0
    }

    /// Returns when all that was recorded before is written, for the end of a program.
    public func flush() async {
        await self.writer.flush()
    }
}

private func systemOpen(_ path: UnsafePointer<CChar>, _ flags: CInt, _ mode: mode_t) -> CInt {
    unsafe open(path, flags, mode)
}
