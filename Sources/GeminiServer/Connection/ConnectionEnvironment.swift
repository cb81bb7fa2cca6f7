import GeminiTLS
import Logging
import NIOCore
import NIOPosix

/// What all connections share that begin under one configuration of a server: they keep it, whatever comes after.
final class ConnectionEnvironment: Sendable {
    let hosts: VirtualHosts
    let contexts: TLSContexts
    let passThrough: PassThroughTable
    let limits: Limits
    let admission: (any ConnectionAdmission)?
    let accessLog: (any AccessLogSink)?
    let addressDisplay: AddressDisplay
    let metrics: ServerMetrics
    let logger: Logger
    let refusals: RefusalLog
    /// For reads that wait for a disk.
    let threadPool: NIOThreadPool
    /// The wall clock.
    let now: @Sendable () -> WallTime

    init(
        hosts: VirtualHosts,
        contexts: TLSContexts,
        passThrough: PassThroughTable,
        limits: Limits,
        admission: (any ConnectionAdmission)?,
        accessLog: (any AccessLogSink)?,
        addressDisplay: AddressDisplay,
        metrics: ServerMetrics,
        logger: Logger,
        threadPool: NIOThreadPool,
        now: @escaping @Sendable () -> WallTime
    ) {
        self.hosts = hosts
        self.contexts = contexts
        self.passThrough = passThrough
        self.limits = limits
        self.admission = admission
        self.accessLog = accessLog
        self.addressDisplay = addressDisplay
        self.metrics = metrics
        self.logger = logger
        self.refusals = RefusalLog(logger: logger, addressDisplay: addressDisplay, metrics: metrics)
        self.threadPool = threadPool
        self.now = now
    }

    /// Whether a visitor may have a connection. On its event loop.
    func admits(_ address: SocketAddress?, on listener: ListenerConfiguration, now: NIODeadline) -> Bool {
        if let rules = listener.allowedAddresses, !rules.admits(address) { return false }
        return self.admission?.admits(address, at: now) ?? true
    }
}
