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
@safe final class EpollPoller: Poller {
    private static let timerToken = UInt64.max

    private let epoll: CInt
    private let timer: CInt
    private var armed: NIODeadline?
    private var events = unsafe [epoll_event](repeating: epoll_event(), count: 256)

    init() throws {
        self.epoll = epoll_create1(CInt(bitPattern: UInt32(EPOLL_CLOEXEC)))
        self.timer = timerfd_create(CLOCK_MONOTONIC, CInt(TFD_CLOEXEC) | CInt(TFD_NONBLOCK))
        guard self.epoll >= 0, self.timer >= 0 else { throw SystemError(errno: errno) }
        self.add(self.timer, UInt32(EPOLLIN.rawValue), Self.timerToken)
    }

    deinit {
        close(self.timer)
        close(self.epoll)
    }

    func watch(_ descriptor: CInt, token: Int) {
        let interest = UInt32(EPOLLIN.rawValue) | UInt32(EPOLLOUT.rawValue) | UInt32(EPOLLET.rawValue)
        self.add(descriptor, interest, UInt64(token))
    }

    private func add(_ descriptor: CInt, _ interest: UInt32, _ token: UInt64) {
        var event = unsafe epoll_event(events: interest, data: epoll_data_t(u64: token))
        _ = unsafe epoll_ctl(self.epoll, EPOLL_CTL_ADD, descriptor, &event)
    }

    func expect(_ interest: Interest, on token: Int) {}

    /// Closing a socket does it.
    func forget(token: Int) {}

    func wait(until deadline: NIODeadline, _ body: (Int) -> Void) {
        let remaining = (deadline - .now()).nanoseconds
        if remaining > 0 { self.arm(deadline, in: remaining) }
        let count = unsafe epoll_wait(self.epoll, &self.events, CInt(self.events.count), remaining > 0 ? -1 : 0)
        for index in 0..<max(0, Int(count)) {
            let token = unsafe self.events[index].data.u64
            if token == Self.timerToken {
                self.armed = nil
                var expirations: UInt64 = 0
                _ = unsafe read(self.timer, &expirations, 8)
            } else {
                body(Int(token))
            }
        }
    }

    private func arm(_ deadline: NIODeadline, in remaining: Int64) {
        guard self.armed != deadline else { return }
        self.armed = deadline
        var time = itimerspec()
        time.it_value.tv_sec = Int(remaining / 1_000_000_000)
        time.it_value.tv_nsec = Int(remaining % 1_000_000_000)
        _ = unsafe timerfd_settime(self.timer, 0, &time, nil)
    }
}
#endif
