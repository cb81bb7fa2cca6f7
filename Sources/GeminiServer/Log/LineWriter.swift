import NIOConcurrencyHelpers
import NIOPosix

#if canImport(Darwin)
import Darwin
#elseif canImport(Glibc)
import Glibc
#elseif canImport(Musl)
import Musl
#endif

/// Writes lines to a descriptor by a thread of its own, so that a pipe that nobody reads, or a disk that is slow or full,
/// delays nobody who has something to say. Thread-safe.
///
/// Up to 1 MiB of lines wait; more than that are dropped, and counted.
package final class LineWriter: Sendable {
    /// What became of lines that were not written.
    package enum Trouble: Sendable {
        /// So many were dropped, because they came faster than they could be written.
        case dropped(Int)
        /// Writing fails now, with this error number; said once until it works again.
        case failing(CInt)
        /// Writing works again; so many were lost meanwhile.
        case recovered(lost: Int)
    }

    private struct Queue {
        var pending: [UInt8] = []
        var dropped = 0
        var isDraining = false
    }

    /// What the thread remembers of earlier writes.
    private struct Outcome {
        var descriptor: CInt
        var isFailing = false
        var lost = 0
        /// A line was begun and not ended.
        var isMidLine = false
    }

    private static let maximumPending = 1 << 20
    private static let lineEnd = UInt8(ascii: "\n")

    private let closesDescriptor: Bool
    private let delay: UInt32
    private let report: @Sendable (Trouble) -> Void
    private let queue = NIOLockedValueBox(Queue())
    private let outcome: NIOLockedValueBox<Outcome>
    private let thread = NIOThreadPool(numberOfThreads: 1)

    /// - Parameters:
    ///   - closesDescriptor: whether the descriptor is closed with the writer.
    ///   - delay: how long lines wait for others to leave together with, in microseconds.
    ///   - report: told of trouble, on the writer's thread.
    package init(
        descriptor: CInt,
        closesDescriptor: Bool = false,
        delay: UInt32 = 0,
        report: @escaping @Sendable (Trouble) -> Void = { _ in }
    ) {
        self.outcome = NIOLockedValueBox(Outcome(descriptor: descriptor))
        self.closesDescriptor = closesDescriptor
        self.delay = delay
        self.report = report
        self.thread.start()
    }

    deinit {
        self.thread.shutdownGracefully { _ in }
        if self.closesDescriptor { _ = close(self.outcome.withLockedValue { $0.descriptor }) }
    }

    /// Adds lines, each with its end. The closure is called at once, by one caller at a time, or not at all.
    package func add(_ append: (inout [UInt8]) -> Void) {
        let mustWake = self.queue.withLockedValue { queue in
            guard queue.pending.count < Self.maximumPending else {
                queue.dropped += 1
                return false
            }
            append(&queue.pending)
            defer { queue.isDraining = true }
            return !queue.isDraining
        }
        if mustWake {
            self.thread.submit { _ in
                if self.delay > 0 { usleep(self.delay) }
                self.drain()
            }
        }
    }

    /// Returns when all that was added before is written, or lost.
    package func flush() async {
        try? await self.thread.runIfActive { self.drain() }
    }

    /// Writes what was added before to the descriptor that there was, and what is added from the return on to another.
    ///
    /// - Parameter open: makes the other, on the writer's thread.
    /// - Throws: what the closure throws; then the descriptor stays.
    package func replaceDescriptor(_ open: @escaping @Sendable () throws -> CInt) async throws {
        try await self.thread.runIfActive {
            self.drain()
            let new = try open()
            let old = self.outcome.withLockedValue { outcome in
                defer {
                    outcome.descriptor = new
                    outcome.isMidLine = false
                }
                return outcome.descriptor
            }
            if self.closesDescriptor { _ = close(old) }
        }
    }

    /// Whether the file that is written has no name any more, so that nobody will read it.
    var isUnlinked: Bool {
        var status = stat()
        return self.outcome.withLockedValue { unsafe fstat($0.descriptor, &status) } == 0 && status.st_nlink == 0
    }

    private func drain() {
        while true {
            let (lines, dropped) = self.queue.withLockedValue { queue in
                defer {
                    queue.pending = []
                    queue.dropped = 0
                }
                if queue.pending.isEmpty { queue.isDraining = false }
                return (queue.pending, queue.dropped)
            }
            if dropped > 0 { self.report(.dropped(dropped)) }
            guard !lines.isEmpty else { return }
            self.write(lines)
        }
    }

    private func write(_ lines: [UInt8]) {
        var outcome = self.outcome.withLockedValue { $0 }
        // The rest of a line that was cut is lost; what comes now is no part of it.
        let bytes = outcome.isMidLine ? [Self.lineEnd] + lines : lines
        let (written, error) = self.writeAll(bytes, to: outcome.descriptor)
        if written > 0 { outcome.isMidLine = bytes[written - 1] != Self.lineEnd }
        if let error {
            outcome.lost += bytes[written...].count { $0 == Self.lineEnd }
            if !outcome.isFailing { self.report(.failing(error)) }
            outcome.isFailing = true
        } else if outcome.isFailing {
            self.report(.recovered(lost: outcome.lost))
            outcome.isFailing = false
            outcome.lost = 0
        }
        let result = outcome
        self.outcome.withLockedValue { $0 = result }
    }

    /// - Returns: how many bytes were written, and why not all.
    private func writeAll(_ bytes: [UInt8], to descriptor: CInt) -> (written: Int, error: CInt?) {
        var written = 0
        while written < bytes.count {
            let result = unsafe bytes.withUnsafeBytes { bytes in
                let rest = unsafe UnsafeRawBufferPointer(rebasing: bytes[written...])
                return unsafe systemWrite(descriptor, rest.baseAddress, rest.count)
            }
            if result >= 0 {
                written += result
                continue
            }
            switch errno {
            case EINTR:
                continue
            case EAGAIN:
                // Whoever shares the descriptor has made it non-blocking; here is a thread that may wait.
                var entry = pollfd(fd: descriptor, events: Int16(POLLOUT), revents: 0)
                _ = unsafe poll(&entry, 1, -1)
            default:
                return (written, errno)
            }
        }
        return (written, nil)
    }
}

private func systemWrite(_ descriptor: CInt, _ bytes: UnsafeRawPointer?, _ count: Int) -> Int {
    #if canImport(Darwin)
    unsafe Darwin.write(descriptor, bytes, count)
    #elseif canImport(Glibc)
    unsafe Glibc.write(descriptor, bytes, count)
    #elseif canImport(Musl)
    unsafe Musl.write(descriptor, bytes, count)
    #endif
}
