import NIOCore

/// What waits for many sockets at once. Not thread-safe.
protocol Poller: AnyObject, SendableMetatype {
    init() throws

    /// Watches a socket; its events carry the token.
    func watch(_ descriptor: CInt, token: Int)

    /// Says for which event of a socket somebody waits. A poller may tell of others too.
    func expect(_ interest: Interest, on token: Int)

    /// Stops watching a socket, before it is closed.
    func forget(token: Int)

    /// Waits until something happens or the time has come, and hands out the tokens of the sockets with events.
    func wait(until deadline: NIODeadline, _ body: (Int) -> Void)
}

/// What a connection waits for.
enum Interest: Sendable {
    case reading
    case writing
}

#if os(Linux)
typealias SystemPoller = EpollPoller
#else
typealias SystemPoller = PollPoller
#endif
