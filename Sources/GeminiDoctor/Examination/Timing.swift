/// How long an examination waits for what.
package struct Timing: Sendable, Hashable {
    /// For a connection, for a handshake, and for an answer, each.
    package var answer = Duration.seconds(5)
    /// For an answer that must not come (GP-051): a second more than gemini-diagnostics waits.
    package var quiet = Duration.seconds(6)
    /// The shortest time that a server may give a client for its request (GP-017).
    package var shortestDeadline = Duration.seconds(6)
    /// For a server to lose patience with a client that sends nothing; the most patient one known takes 30 s.
    package var longestDeadline = Duration.seconds(35)
    /// Between two bytes of a request that comes slowly.
    package var drip = Duration.seconds(1)
    /// How long a page is read slowly.
    package var slowRead = Duration.seconds(3)
    /// For FIN after close_notify to count as prompt (GP-015), and until it is given up.
    package var promptClose = Duration.seconds(1)
    package var longestClose = Duration.seconds(7)
    /// Between the fragments of a request.
    package var fragment = Duration.milliseconds(150)
    /// Between two connections, where the server is somebody else's.
    package var pause = Duration.zero
    /// The whole examination; what has not begun by then is left out.
    package var whole = Duration.seconds(180)

    package init() {}

    /// For other people's servers: a connection a second at the most.
    package static var gentle: Timing {
        var timing = Timing()
        timing.pause = .seconds(1)
        timing.whole = .seconds(900)
        return timing
    }
}
