import Logging
import NIOConcurrencyHelpers
import NIOCore

/// Tells the operator that connections are not accepted: at once, and then no more than once a minute with the number of
/// them, because a flood of connections must not become a flood of lines. Thread-safe.
final class RefusalLog: Sendable {
    static let interval = TimeAmount.minutes(1)

    /// Why, and what metrics call it.
    enum Reason: String, CaseIterable {
        case connections = "server_full"
        case connectionsPerAddress = "address_full"
        case untrustedSource = "untrusted_proxy"
        case badProxyHeader = "bad_proxy_header"
        case failure = "accept_failed"
    }

    private struct Count {
        var refused = 0
        var quietUntil: NIODeadline?
    }

    private let logger: Logger
    private let addressDisplay: AddressDisplay
    private let metrics: ServerMetrics
    private let counts = NIOLockedValueBox<[Reason: Count]>([:])

    init(logger: Logger, addressDisplay: AddressDisplay = .full, metrics: ServerMetrics = ServerMetrics()) {
        self.logger = logger
        self.addressDisplay = addressDisplay
        self.metrics = metrics
    }

    /// As many connections are open as may be.
    func serverFull(_ maximum: Int, now: NIODeadline) {
        guard let count = self.count(.connections, now: now) else { return }
        self.logger.warning("\(Self.refused(count)): \(maximum) are open, as many as may be at once.")
    }

    /// As many connections are open from one address as may be.
    func addressFull(_ maximum: Int, remoteAddress: SocketAddress?, now: NIODeadline) {
        guard let count = self.count(.connectionsPerAddress, now: now) else { return }
        self.logger.warning(
            "\(Self.refused(count)): as many as one address may have, \(maximum), are open from the same one.",
            metadata: self.addressDisplay.metadata(of: remoteAddress)
        )
    }

    /// A connection to a listener behind a proxy comes from none that is trusted (PP-01).
    func untrustedSource(_ remoteAddress: SocketAddress?, now: NIODeadline) {
        guard let count = self.count(.untrustedSource, now: now) else { return }
        self.logger.warning(
            "\(Self.refused(count)) on a listener with the PROXY protocol: the last came from an address that is none of its trusted sources.",
            metadata: self.addressDisplay.metadata(of: remoteAddress)
        )
    }

    /// A trusted proxy's connection does not begin as it should.
    func badProxyHeader(_ error: ProxyHeaderError, remoteAddress: SocketAddress?, now: NIODeadline) {
        guard let count = self.count(.badProxyHeader, now: now) else { return }
        self.logger.warning(
            "\(Self.refused(count)) on a listener with the PROXY protocol, the last for this reason: \(error).",
            metadata: self.addressDisplay.metadata(of: remoteAddress)
        )
    }

    /// The system would not hand a connection over.
    func failed(_ error: IOError, now: NIODeadline) {
        guard self.count(.failure, now: now) != nil else { return }
        self.logger.warning(
            "Connections cannot be accepted, which is tried again every second: \(FileError.reason(error.errnoCode))."
        )
    }

    /// How many there were since the last line, if it is time for one.
    private func count(_ reason: Reason, now: NIODeadline) -> Int? {
        self.metrics.connectionRefused(reason)
        return self.counts.withLockedValue { counts in
            var count = counts[reason, default: Count()]
            defer { counts[reason] = count }
            count.refused += 1
            if let quietUntil = count.quietUntil, now < quietUntil { return nil }
            count.quietUntil = now + Self.interval
            defer { count.refused = 0 }
            return count.refused
        }
    }

    private static func refused(_ count: Int) -> String {
        count == 1 ? "A connection was refused" : "\(count) connections were refused"
    }
}
