import GeminiTLS
import Logging
import NIOCore

/// Tells the operator that connections are not accepted: at once, and then no more than once a minute with the number of
/// them, because a flood of connections must not become a flood of lines. Thread-safe.
final class RefusalLog: Sendable {
    private let logger: Logger
    private let addressDisplay: AddressDisplay
    private let metrics: ServerMetrics
    private let throttle = LineThrottle<RefusalReason>()

    init(logger: Logger, addressDisplay: AddressDisplay = .full, metrics: ServerMetrics = ServerMetrics()) {
        self.logger = logger
        self.addressDisplay = addressDisplay
        self.metrics = metrics
    }

    /// As many connections are open as may be.
    func serverFull(_ maximum: Int, now: NIODeadline) {
        self.report(.serverFull, "\(maximum) are open, as many as may be at once", now: now)
    }

    /// As many connections are open from one address as may be.
    func addressFull(_ maximum: Int, remoteAddress: SocketAddress?, now: NIODeadline) {
        let why = "as many as one address may have at once, \(maximum), are open from its own"
        self.report(.addressFull, why, remoteAddress: remoteAddress, now: now)
    }

    /// A connection to a listener behind a proxy comes from none that is trusted (PP-01).
    func untrustedSource(_ remoteAddress: SocketAddress?, now: NIODeadline) {
        let why = "its listener wants the PROXY protocol, and that address is none of the trusted sources"
        self.report(.untrustedSource, why, remoteAddress: remoteAddress, now: now)
    }

    /// A trusted proxy's connection does not begin as it should.
    func badProxyHeader(_ error: ProxyHeaderError, remoteAddress: SocketAddress?, now: NIODeadline) {
        let why = "its listener wants the PROXY protocol, and what came first was \(error)"
        self.report(.badProxyHeader, why, remoteAddress: remoteAddress, now: now)
    }

    /// The system would not hand a connection over.
    func failed(_ error: IOError, now: NIODeadline) {
        guard self.count(.acceptFailed, now: now) != nil else { return }
        self.logger.warning(
            "Connections cannot be accepted, which is tried again every second: \(FileError.reason(error.errnoCode))."
        )
    }

    /// Says how many there were since this was last said, if it is time to, whence the last came, and why.
    private func report(
        _ reason: RefusalReason,
        _ why: String,
        remoteAddress: SocketAddress? = nil,
        now: NIODeadline
    ) {
        guard let count = self.count(reason, now: now) else { return }
        let address = self.addressDisplay.text(of: remoteAddress, at: .now)
        let sentence =
            if count == 1 {
                "A connection\(address.map { " from \($0)" } ?? "") was refused: \(why)."
            } else {
                "\(count) connections were refused since the last such line\(address.map { ", the most recent from \($0)" } ?? ""): \(why)."
            }
        self.logger.warning("\(sentence)", metadata: self.addressDisplay.metadata(of: remoteAddress))
    }

    /// How many there were since the last line, if it is time for one.
    private func count(_ reason: RefusalReason, now: NIODeadline) -> Int? {
        self.metrics.connectionRefused(reason)
        return self.throttle.count(reason, now: now)
    }
}
