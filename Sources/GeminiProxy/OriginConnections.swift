import GeminiServer
import NIOConcurrencyHelpers
import NIOCore

/// The connections of one proxy to its origin: how many there are, how many for one visitor, and whether one of them comes
/// back. Thread-safe.
final class OriginConnections: Sendable {
    enum Admission {
        case place(Place)
        case full
        /// The visitor has as many as one may.
        case overShare
    }

    /// The two ends of a connection, as the side that opened it sees them. One end is not enough: a port may be the local one
    /// of several connections at once.
    private struct Ends: Hashable {
        var local: SocketAddress
        var remote: SocketAddress
    }

    /// The proxies that a request has passed, by the connection on which it went on.
    private static let passed = NIOLockedValueBox<[Ends: Set<Int>]>([:])
    private static let lastNumber = NIOLockedValueBox(0)

    /// Which proxy of the process it is.
    private let number = OriginConnections.lastNumber.withLockedValue { last in
        last += 1
        return last
    }
    private let shares: NIOLockedValueBox<ClientShares>

    init(maximum: Int) {
        self.shares = NIOLockedValueBox(ClientShares(places: maximum))
    }

    /// The connections now.
    var current: Int { self.shares.withLockedValue { $0.taken } }

    /// - Parameters:
    ///   - source: where the request came from.
    ///   - destination: where it came to.
    /// - Returns: `nil` for a request that this very proxy has sent.
    func enter(from source: SocketAddress?, to destination: SocketAddress?) -> Admission? {
        var passed: Set<Int> = []
        if let source, let destination {
            passed = Self.passed.withLockedValue { $0[Ends(local: source, remote: destination)] } ?? []
        }
        guard !passed.contains(self.number) else { return nil }
        let visitor = source.flatMap(ClientNetwork.init)
        switch self.shares.withLockedValue({ $0.enter(visitor) }) {
        case .admitted: return .place(Place(of: self, for: visitor, passed: passed.union([self.number])))
        case .full: return .full
        case .overShare: return .overShare
        }
    }

    fileprivate func leave(_ visitor: ClientNetwork?) {
        self.shares.withLockedValue { $0.leave(visitor) }
    }

    /// One of the connections, counted until nobody holds it any more. Thread-safe.
    final class Place: Sendable {
        private let connections: OriginConnections
        private let visitor: ClientNetwork?
        private let passed: Set<Int>
        private let hasLeft = NIOLockedValueBox(false)

        fileprivate init(of connections: OriginConnections, for visitor: ClientNetwork?, passed: Set<Int>) {
            self.connections = connections
            self.visitor = visitor
            self.passed = passed
        }

        deinit {
            self.leave()
        }

        func leave() {
            let isFirst = self.hasLeft.withLockedValue { hasLeft in
                defer { hasLeft = true }
                return !hasLeft
            }
            if isFirst { self.connections.leave(self.visitor) }
        }

        /// Remembers the connection, so that its other side is known should it be here too.
        func connected(_ channel: any Channel) {
            guard let local = channel.localAddress, let remote = channel.remoteAddress else { return }
            let ends = Ends(local: local, remote: remote)
            OriginConnections.passed.withLockedValue { $0[ends] = self.passed }
            channel.closeFuture.whenComplete { _ in
                OriginConnections.passed.withLockedValue { $0[ends] = nil }
            }
        }
    }
}
