import NIOConcurrencyHelpers
import NIOCore

/// The connections of one proxy to its origin: how many there are, and whether one of them comes back. Thread-safe.
final class OriginConnections: Sendable {
    enum Admission {
        case place(Place)
        case full
    }

    /// The proxies that a request has passed, by the local address of the connection on which it went on.
    private static let passed = NIOLockedValueBox<[SocketAddress: Set<ObjectIdentifier>]>([:])

    private let maximum: Int
    private let count = NIOLockedValueBox(0)

    init(maximum: Int) {
        self.maximum = maximum
    }

    /// The connections now.
    var current: Int { self.count.withLockedValue { $0 } }

    /// - Parameter address: where the request came from.
    /// - Returns: `nil` for a request that this very proxy has sent.
    func enter(from address: SocketAddress?) -> Admission? {
        let passed = address.flatMap { address in Self.passed.withLockedValue { $0[address] } } ?? []
        guard !passed.contains(ObjectIdentifier(self)) else { return nil }
        let isFull = self.count.withLockedValue { count in
            guard count < self.maximum else { return true }
            count += 1
            return false
        }
        return isFull ? .full : .place(Place(of: self, passed: passed.union([ObjectIdentifier(self)])))
    }

    fileprivate func leave() {
        self.count.withLockedValue { $0 -= 1 }
    }

    /// One of the connections, counted until nobody holds it any more. Thread-safe.
    final class Place: Sendable {
        private let connections: OriginConnections
        private let passed: Set<ObjectIdentifier>
        private let hasLeft = NIOLockedValueBox(false)

        fileprivate init(of connections: OriginConnections, passed: Set<ObjectIdentifier>) {
            self.connections = connections
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
            if isFirst { self.connections.leave() }
        }

        /// Remembers by which address the other side would know this connection.
        func connected(_ channel: any Channel) {
            guard let address = channel.localAddress else { return }
            OriginConnections.passed.withLockedValue { $0[address] = self.passed }
            channel.closeFuture.whenComplete { _ in
                OriginConnections.passed.withLockedValue { $0[address] = nil }
            }
        }
    }
}
