import Logging
import NIOConcurrencyHelpers
import NIOCore

/// Tells the operator that connections are refused because a limit is reached: at once, and then no more than once a
/// minute with the number of them, because a flood of connections must not become a flood of lines. Thread-safe.
final class RefusalLog: Sendable {
    static let interval = TimeAmount.minutes(1)

    private struct Count {
        var refused = 0
        var quietUntil: NIODeadline?
    }

    private let logger: Logger
    private let counts = NIOLockedValueBox<[Limit: Count]>([:])

    /// Which limit was reached.
    enum Limit: Hashable {
        case connections(Int)
        case connectionsPerAddress(Int)
    }

    init(logger: Logger) {
        self.logger = logger
    }

    func refused(_ limit: Limit, remoteAddress: SocketAddress, now: NIODeadline) {
        let refused = self.counts.withLockedValue { counts -> Int? in
            var count = counts[limit, default: Count()]
            defer { counts[limit] = count }
            count.refused += 1
            if let quietUntil = count.quietUntil, now < quietUntil { return nil }
            count.quietUntil = now + Self.interval
            defer { count.refused = 0 }
            return count.refused
        }
        guard let refused else { return }
        let number = refused == 1 ? "A connection was refused" : "\(refused) connections were refused"
        switch limit {
        case .connections(let maximum):
            self.logger.warning("\(number): \(maximum) are open, as many as may be at once.")
        case .connectionsPerAddress(let maximum):
            self.logger.warning(
                "\(number): as many as one address may have, \(maximum), are open from the same one.",
                metadata: ["gemini.remote-address": "\(remoteAddress)"]
            )
        }
    }
}
