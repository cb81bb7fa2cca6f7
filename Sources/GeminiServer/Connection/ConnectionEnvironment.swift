import GeminiProtocol
import Logging
import NIOPosix

/// What all connections of a server share.
final class ConnectionEnvironment: Sendable {
    let hosts: VirtualHosts
    let passThrough: PassThroughTable
    let limits: Limits
    let accessLog: (any AccessLogSink)?
    let logger: Logger
    /// For reads that wait for a disk.
    let threadPool: NIOThreadPool
    /// The wall clock.
    let now: @Sendable () -> Timestamp

    init(
        hosts: VirtualHosts,
        passThrough: PassThroughTable,
        limits: Limits,
        accessLog: (any AccessLogSink)?,
        logger: Logger,
        threadPool: NIOThreadPool,
        now: @escaping @Sendable () -> Timestamp
    ) {
        self.hosts = hosts
        self.passThrough = passThrough
        self.limits = limits
        self.accessLog = accessLog
        self.logger = logger
        self.threadPool = threadPool
        self.now = now
    }
}
