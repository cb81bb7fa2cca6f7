#if os(Linux)
import CLinux
import NIOCore

#if canImport(Glibc)
import Glibc
#elseif canImport(Musl)
import Musl
#endif

/// Waits with epoll(7), edge-triggered: a connection costs one call however often its interest changes. A timer of
/// nanoseconds ends the wait, since epoll itself counts milliseconds, which are long for a rate to be held.
final class EpollPoller: Poller {
    private static let timerToken = UInt64.max

    private let epoll: CInt
    private let timer: CInt
    private var armed: NIODeadline?
    private var tokens = [UInt64](repeating: 0, count: 256)

    init() throws {
        self.epoll = clinux_epoll_create()
        self.timer = clinux_timer_create()
        guard self.epoll >= 0, self.timer >= 0, clinux_epoll_add(self.epoll, self.timer, Self.timerToken, 0) == 0 else {
            throw SystemError(errno: errno)
        }
    }

    deinit {
        _ = close(self.timer)
        _ = close(self.epoll)
    }

    func watch(_ descriptor: CInt, token: Int) {
        _ = clinux_epoll_add(self.epoll, descriptor, UInt64(token), 1)
    }

    /// Both directions are watched.
    func expect(_ interest: Interest, on token: Int) {}

    /// Closing a socket does it.
    func forget(token: Int) {}

    func wait(until deadline: NIODeadline, _ body: (Int) -> Void) {
        let remaining = (deadline - .now()).nanoseconds
        if remaining > 0 { self.arm(deadline, in: remaining) }
        let count = unsafe clinux_epoll_wait(
            self.epoll,
            &self.tokens,
            CInt(self.tokens.count),
            remaining > 0 ? 1 : 0
        )
        for index in 0..<max(0, Int(count)) {
            let token = self.tokens[index]
            if token == Self.timerToken {
                self.armed = nil
                var expirations: UInt64 = 0
                _ = unsafe read(self.timer, &expirations, MemoryLayout<UInt64>.size)
            } else {
                body(Int(token))
            }
        }
    }

    private func arm(_ deadline: NIODeadline, in remaining: Int64) {
        guard self.armed != deadline else { return }
        self.armed = deadline
        _ = clinux_timer_set(self.timer, remaining)
    }
}
#endif
