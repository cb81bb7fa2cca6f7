public import CoreMetrics
import GeminiProtocol
public import GeminiServer
public import Logging
import NIOConcurrencyHelpers
public import NIOCore

/// Refuses connections, before any TLS, from whoever goes on making requests after 44.
///
/// An answer 44 costs the server a handshake like any other, so that a visitor who does not heed it is not held off by it.
/// One who is refused so many times in a row, each time before the wait was over that the refusal before had told, is
/// banned: a minute the first time, and twice as long each time after, up to an hour. After a day without offence all is
/// forgotten.
///
/// ```swift
/// let offenders = RepeatOffenders()
/// routes.use(.rateLimit("60/5m", banning: offenders))
/// options.admission = offenders
/// ```
///
/// A visitor is an IPv4 address or an IPv6 network of 64 bits. What has no IP address is never banned. Do not use it where
/// everybody comes from one address, as behind a tunnel: behind a proxy that sends the PROXY protocol, those are told
/// apart that come to it.
///
/// Its memory is bounded by the capacity, at 40 bytes a visitor, and little while few are refused. In a flood of addresses
/// those that are banned are the last to be forgotten. Thread-safe.
public final class RepeatOffenders: ConnectionAdmission {
    public static let standardCapacity = 65_536

    private let table: NIOLockedValueBox<OffenderTable>
    private let uptime: @Sendable () -> Duration
    private let logger: Logger
    private let now: @Sendable () -> Timestamp
    private let display: NIOLockedValueBox<AddressDisplay>
    private let bans: Counter

    /// - Parameters:
    ///   - patience: how many refusals in a row lead to a ban.
    ///   - bans: the first ban, and the longest.
    ///   - memory: how long after a ban the next is a longer one.
    ///   - capacity: how many visitors are remembered at most.
    ///   - environment: whose clock counts, which has to be that of the rate limits.
    ///   - logger: told of each ban, at `notice`.
    ///   - addressDisplay: how much of an address the log may know.
    ///   - metrics: where bans are counted (`ServerMetric.bans`); `nil` for what `MetricsSystem` was bootstrapped with.
    public init(
        patience: Int = 10,
        bans: ClosedRange<Duration> = .seconds(60) ... .seconds(3600),
        memory: Duration = .seconds(86_400),
        capacity: Int = RepeatOffenders.standardCapacity,
        environment: AppEnvironment = .system,
        logger: Logger = Logger(label: "canaveral"),
        addressDisplay: AddressDisplay = .full,
        metrics: (any MetricsFactory)? = nil
    ) {
        self.table = NIOLockedValueBox(
            OffenderTable(patience: patience, bans: bans, memory: memory, capacity: capacity)
        )
        self.uptime = environment.uptime
        self.logger = logger
        self.now = environment.now
        self.display = NIOLockedValueBox(addressDisplay)
        self.bans = Counter(label: ServerMetric.bans.rawValue, factory: metrics ?? MetricsSystem.factory)
    }

    /// How much of an address the log may know.
    public var addressDisplay: AddressDisplay {
        get { self.display.withLockedValue { $0 } }
        set { self.display.withLockedValue { $0 = newValue } }
    }

    /// Takes note that a visitor was answered 44.
    ///
    /// - Parameters:
    ///   - address: the visitor's own, not that of a proxy on the way.
    ///   - wait: how long it was told to wait.
    public func refused(_ address: SocketAddress?, wait: Duration) {
        guard let address, let network = ClientNetwork(address) else { return }
        let hash = RateLimiter.hash(network)
        let now = self.uptime().nanoseconds
        let verdict = self.table.withLockedValue { $0.refuse(hash, wait: wait.nanoseconds, at: now) }
        guard case .banned(let time) = verdict else { return }
        self.bans.increment()
        let name = self.addressDisplay.text(of: address, at: self.now())
        self.logger.notice(
            "\(name ?? "A visitor") goes on after 44 and is refused for \(Duration.nanoseconds(time)).",
            metadata: name.map { ["gemini.remote-address": "\($0)"] }
        )
    }

    /// Whether a visitor is let in now, by the clock of the rate limits and not by the server's.
    public func admits(_ address: SocketAddress?, at _: NIODeadline = .now()) -> Bool {
        guard let network = address.flatMap(ClientNetwork.init) else { return true }
        let hash = RateLimiter.hash(network)
        let now = self.uptime().nanoseconds
        return self.table.withLockedValue { !$0.isBanned(hash, at: now) }
    }
}
