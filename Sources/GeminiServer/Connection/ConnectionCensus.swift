import NIOConcurrencyHelpers
import NIOCore

/// Counts the open connections of a server, and says who may come in. Thread-safe.
final class ConnectionCensus: Sendable {
    typealias Origin = ClientNetwork

    enum Admission {
        case admitted
        case serverFull
        case addressFull
    }

    private struct Counts {
        var maximum: Int
        var maximumPerOrigin: Int
        var total = 0
        var byOrigin: [Origin: Int] = [:]
        var whenEmpty: [EventLoopPromise<Void>] = []
    }

    private let counts: NIOLockedValueBox<Counts>

    /// - Parameter descriptors: how many the process may have open. A connection may need two of them, for itself and
    ///   for the file that it is sent or uploads, whatever the limits say; a few are left to everything else.
    convenience init(limits: Limits, descriptors: Int) {
        self.init(
            maximum: Self.maximum(limits: limits, descriptors: descriptors),
            maximumPerOrigin: limits.maximumConnectionsPerAddress
        )
    }

    private static func maximum(limits: Limits, descriptors: Int) -> Int {
        min(limits.maximumConnections ?? .max, max((descriptors - Self.reserve) / 2, 1))
    }

    /// What the process itself has open: listening sockets, event loops, logs, folders.
    private static let reserve = 32

    init(maximum: Int, maximumPerOrigin: Int?) {
        self.counts = NIOLockedValueBox(Counts(maximum: maximum, maximumPerOrigin: maximumPerOrigin ?? .max))
    }

    /// Goes on counting under other limits. Whoever is in stays, however many there are.
    func change(_ limits: Limits, descriptors: Int) {
        self.counts.withLockedValue { counts in
            counts.maximum = Self.maximum(limits: limits, descriptors: descriptors)
            counts.maximumPerOrigin = limits.maximumConnectionsPerAddress ?? .max
        }
    }

    /// Connections open at once.
    var maximum: Int {
        self.counts.withLockedValue { $0.maximum }
    }

    /// Connections open at once from one client.
    var maximumPerOrigin: Int {
        self.counts.withLockedValue { $0.maximumPerOrigin }
    }

    /// Counts a connection in, if there is room; then ``leave(_:)`` must follow once.
    func admit(_ origin: Origin?) -> Admission {
        self.counts.withLockedValue { counts in
            guard counts.total < counts.maximum else { return .serverFull }
            if let origin {
                let open = counts.byOrigin[origin, default: 0]
                guard open < counts.maximumPerOrigin else { return .addressFull }
                counts.byOrigin[origin] = open + 1
            }
            counts.total += 1
            return .admitted
        }
    }

    /// Counts a connection that is in already under the address that it turns out to come from, if there is room.
    func attribute(to origin: Origin) -> Bool {
        self.counts.withLockedValue { counts in
            let open = counts.byOrigin[origin, default: 0]
            guard open < counts.maximumPerOrigin else { return false }
            counts.byOrigin[origin] = open + 1
            return true
        }
    }

    func leave(_ origin: Origin?) {
        let promises = self.counts.withLockedValue { counts -> [EventLoopPromise<Void>] in
            counts.total -= 1
            if let origin, let open = counts.byOrigin[origin] {
                counts.byOrigin[origin] = open > 1 ? open - 1 : nil
            }
            guard counts.total == 0 else { return [] }
            defer { counts.whenEmpty = [] }
            return counts.whenEmpty
        }
        for promise in promises { promise.succeed() }
    }

    /// Completes when no connection is open.
    func empty(on eventLoop: any EventLoop) -> EventLoopFuture<Void> {
        let promise = eventLoop.makePromise(of: Void.self)
        let isEmpty = self.counts.withLockedValue { counts in
            if counts.total > 0 { counts.whenEmpty.append(promise) }
            return counts.total == 0
        }
        if isEmpty { promise.succeed() }
        return promise.futureResult
    }

    /// The connections open now.
    var total: Int {
        self.counts.withLockedValue { $0.total }
    }
}
