import GeminiProtocol
import Logging
import NIOPosix

/// What all connections of a server share.
struct ConnectionEnvironment: Sendable {
    var hosts: VirtualHosts
    var limits: Limits
    var accessLog: (any AccessLogSink)?
    var logger: Logger
    /// For reads that wait for a disk.
    var threadPool: NIOThreadPool
    /// The wall clock.
    var now: @Sendable () -> Timestamp
}
