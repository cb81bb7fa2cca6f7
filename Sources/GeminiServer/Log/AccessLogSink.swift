/// Where a server puts its access log: exactly one entry for each connection that sent a request.
public protocol AccessLogSink: Sendable {
    /// Takes an entry. Called on event loops, by several at once: it must not block.
    func record(_ entry: AccessLogEntry)
}
