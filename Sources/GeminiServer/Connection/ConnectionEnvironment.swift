import Logging
import NIOPosix

/// What all connections of a server share.
final class ConnectionEnvironment: Sendable {
    let hosts: VirtualHosts
    let passThrough: PassThroughTable
    let limits: Limits
    let accessLog: (any AccessLogSink)?
    let addressDisplay: AddressDisplay
    let metrics: ServerMetrics
    let logger: Logger
    /// For reads that wait for a disk.
    let threadPool: NIOThreadPool
    /// The wall clock.
    let now: @Sendable () -> WallTime

    init(
        hosts: VirtualHosts,
        passThrough: PassThroughTable,
        limits: Limits,
        accessLog: (any AccessLogSink)?,
        addressDisplay: AddressDisplay,
        metrics: ServerMetrics,
        logger: Logger,
        threadPool: NIOThreadPool,
        now: @escaping @Sendable () -> WallTime
    ) {
        self.hosts = hosts
        self.passThrough = passThrough
        self.limits = limits
        self.accessLog = accessLog
        self.addressDisplay = addressDisplay
        self.metrics = metrics
        self.logger = logger
        self.threadPool = threadPool
        self.now = now
    }
}
