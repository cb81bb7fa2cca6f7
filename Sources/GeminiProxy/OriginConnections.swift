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

    /// Which proxy of the process it is.
    private let mark = ConnectionTrail.Mark()
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
        let passed = ConnectionTrail.marks(from: source, to: destination)
        guard !passed.contains(self.mark) else { return nil }
        let visitor = source.flatMap(ClientNetwork.init)
        switch self.shares.withLockedValue({ $0.enter(visitor) }) {
        case .admitted: return .place(Place(of: self, for: visitor, passed: passed.union([self.mark])))
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
        private let passed: Set<ConnectionTrail.Mark>
        private let hasLeft = NIOLockedValueBox(false)

        fileprivate init(
            of connections: OriginConnections,
            for visitor: ClientNetwork?,
            passed: Set<ConnectionTrail.Mark>
        ) {
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
            ConnectionTrail.remember(self.passed, of: channel)
        }
    }
}
