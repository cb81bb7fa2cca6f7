import GeminiProtocol
import GeminiTLS
import Logging
import NIOPosix

/// What all connections share that begin under one configuration of a server: they keep it, whatever comes after.
final class ConnectionEnvironment: Sendable {
    let hosts: VirtualHosts
    let contexts: TLSContexts
    let passThrough: PassThroughTable
    let limits: Limits
    let accessLog: (any AccessLogSink)?
    let logger: Logger
    let refusals: RefusalLog
    /// For reads that wait for a disk.
    let threadPool: NIOThreadPool
    /// The wall clock.
    let now: @Sendable () -> Timestamp

    init(
        hosts: VirtualHosts,
        contexts: TLSContexts,
        passThrough: PassThroughTable,
        limits: Limits,
        accessLog: (any AccessLogSink)?,
        logger: Logger,
        threadPool: NIOThreadPool,
        now: @escaping @Sendable () -> Timestamp
    ) {
        self.hosts = hosts
        self.contexts = contexts
        self.passThrough = passThrough
        self.limits = limits
        self.accessLog = accessLog
        self.logger = logger
        self.refusals = RefusalLog(logger: logger)
        self.threadPool = threadPool
        self.now = now
    }
}
