import NIOCore

#if canImport(Darwin)
import Darwin
#elseif canImport(Glibc)
import Glibc
#elseif canImport(Musl)
import Musl
#endif

/// Waits with poll(2), which every system has. It counts milliseconds, so the last one before a deadline is not slept.
final class PollPoller: Poller {
    private var entries: [pollfd] = []
    private var tokens: [Int] = []
    private var positions: [Int: Int] = [:]

    init() {}

    func watch(_ descriptor: CInt, token: Int) {
        self.positions[token] = self.entries.count
        self.entries.append(pollfd(fd: descriptor, events: Int16(POLLOUT), revents: 0))
        self.tokens.append(token)
    }

    func expect(_ interest: Interest, on token: Int) {
        guard let position = self.positions[token] else { return }
        self.entries[position].events = Int16(interest == .reading ? POLLIN : POLLOUT)
    }

    func forget(token: Int) {
        guard let position = self.positions.removeValue(forKey: token) else { return }
        let last = self.entries.count - 1
        if position != last {
            self.entries[position] = self.entries[last]
            self.tokens[position] = self.tokens[last]
            self.positions[self.tokens[position]] = position
        }
        self.entries.removeLast()
        self.tokens.removeLast()
    }

    func wait(until deadline: NIODeadline, _ body: (Int) -> Void) {
        let remaining = max(0, (deadline - .now()).nanoseconds / 1_000_000)
        guard unsafe poll(&self.entries, nfds_t(self.entries.count), CInt(clamping: remaining)) > 0 else { return }
        // Serving one socket can move the entries of others.
        let ready = self.entries.indices.filter { self.entries[$0].revents != 0 }.map { self.tokens[$0] }
        for token in ready { body(token) }
    }
}
