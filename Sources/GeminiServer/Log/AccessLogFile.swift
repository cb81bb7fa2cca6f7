public import Logging
import NIOConcurrencyHelpers
import NIOPosix

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
    private struct State {
        var format = AccessLogFormat()
        var pending: [UInt8] = []
        var dropped = 0
        var isDraining = false
    }

    private static let maximumPending = 1 << 20

    private let descriptor: CInt
    private let closesDescriptor: Bool
    private let state = NIOLockedValueBox(State())
    private let hasFailed = NIOLockedValueBox(false)
    private let thread = NIOThreadPool(numberOfThreads: 1)
    private let logger: Logger

    /// A log on standard output.
    public static func standardOutput(logger: Logger) -> AccessLogFile {
        AccessLogFile(descriptor: STDOUT_FILENO, closesDescriptor: false, logger: logger)
    }

    /// A log that is appended to a file, which is made (for owner and group to read) where it does not exist.
    ///
    /// - Throws: ``FileError`` if the file cannot be opened for writing.
    public convenience init(path: String, logger: Logger) throws {
        let descriptor = unsafe open(path, O_WRONLY | O_APPEND | O_CREAT | O_CLOEXEC, 0o640)
        guard descriptor >= 0 else {
            throw FileError(path: path, errno: errno)
        }
        self.init(descriptor: descriptor, closesDescriptor: true, logger: logger)
    }

    private init(descriptor: CInt, closesDescriptor: Bool, logger: Logger) {
        self.descriptor = descriptor
        self.closesDescriptor = closesDescriptor
        self.logger = logger
        self.thread.start()
    }

    deinit {
        self.thread.shutdownGracefully { _ in }
        if self.closesDescriptor { _ = close(self.descriptor) }
    }

    public func record(_ entry: AccessLogEntry) {
        let mustWake = self.state.withLockedValue { state in
            guard state.pending.count < Self.maximumPending else {
                state.dropped += 1
                return false
            }
            state.format.append(entry, to: &state.pending)
            defer { state.isDraining = true }
            return !state.isDraining
        }
        if mustWake {
            self.thread.submit { _ in
                usleep(20_000)  // let lines gather
                self.drain()
            }
        }
    }

    /// Returns when all that was recorded before is written, for the end of a program.
    public func flush() async {
        try? await self.thread.runIfActive { self.drain() }
    }

    private func drain() {
        while true {
            let (lines, dropped) = self.state.withLockedValue { state in
                defer {
                    state.pending = []
                    state.dropped = 0
                }
                if state.pending.isEmpty { state.isDraining = false }
                return (state.pending, state.dropped)
            }
            if dropped > 0 {
                self.logger.error(
                    "\(dropped) lines of the access log were dropped, because it is not written fast enough."
                )
            }
            guard !lines.isEmpty else { return }
            self.append(lines)
        }
    }

    private func append(_ lines: [UInt8]) {
        var written = 0
        while written < lines.count {
            let result = unsafe lines.withUnsafeBytes { bytes in
                let rest = unsafe UnsafeRawBufferPointer(rebasing: bytes[written...])
                return unsafe write(self.descriptor, rest.baseAddress, rest.count)
            }
            if result < 0 {
                if errno == EINTR { continue }
                self.reportFailure(errno)
                return
            }
            written += result
        }
        self.hasFailed.withLockedValue { $0 = false }
    }

    /// Once, until writing works again.
    private func reportFailure(_ error: CInt) {
        let isNew = self.hasFailed.withLockedValue { hasFailed in
            defer { hasFailed = true }
            return !hasFailed
        }
        if isNew {
            self.logger.error("The access log cannot be written: \(FileError.reason(error)).")
        }
    }
}
