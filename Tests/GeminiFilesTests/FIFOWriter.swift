#if os(Linux)
import Foundation
import NIOConcurrencyHelpers

/// A thread that waits for a reader of a FIFO, to write into it once.
final class FIFOWriter: Sendable {
    private struct State {
        /// Where the system tells of the thread.
        var thread: String?
        var written: Int?
    }

    private let path: String
    private let state: NIOLockedValueBox<State>

    init(_ path: String) {
        let state = NIOLockedValueBox(State())
        self.path = path
        self.state = state
        signal(SIGPIPE, SIG_IGN)
        Thread.detachNewThread {
            let thread = try? FileManager.default.destinationOfSymbolicLink(atPath: "/proc/thread-self")
            state.withLockedValue { $0.thread = thread }
            let descriptor = open(path, O_WRONLY)
            let written = write(descriptor, "written", 7)
            state.withLockedValue { $0.written = written }
            close(descriptor)
        }
    }

    /// Whether the thread sleeps in a system call.
    var isBlocked: Bool {
        get throws {
            let (thread, written) = self.state.withLockedValue { ($0.thread, $0.written) }
            guard let thread, written == nil else { return false }
            let status = try String(contentsOfFile: "/proc/\(thread)/stat", encoding: .utf8)
            return status.split(separator: ")").last?.dropFirst().first == "S"
        }
    }

    func untilBlocked() async throws {
        while try !self.isBlocked { try await Task.sleep(for: .milliseconds(1)) }
    }

    /// Opens the other end, and gives what the writer could write: nothing, if it was let in before and found nobody.
    func letIn() async throws -> String {
        let descriptor = open(self.path, O_RDONLY | O_NONBLOCK)
        guard descriptor >= 0 else { throw SystemFailure(errno: errno) }
        defer { close(descriptor) }
        while self.state.withLockedValue({ $0.written }) == nil { try await Task.sleep(for: .milliseconds(1)) }
        var bytes = [UInt8](repeating: 0, count: 16)
        let count = read(descriptor, &bytes, bytes.count)
        return String(decoding: bytes.prefix(max(count, 0)), as: UTF8.self)
    }
}
#endif
