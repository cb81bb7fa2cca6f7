import NIOConcurrencyHelpers
import NIOCore

/// The connections of one proxy to its origin: how many there are, and whether one of them comes back. Thread-safe.
final class OriginConnections: Sendable {
    enum Admission {
        case place(Place)
        case full
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
    private let maximum: Int
    private let count = NIOLockedValueBox(0)

    init(maximum: Int) {
        self.maximum = maximum
    }

    /// The connections now.
    var current: Int { self.count.withLockedValue { $0 } }

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
        let isFull = self.count.withLockedValue { count in
            guard count < self.maximum else { return true }
            count += 1
            return false
        }
        return isFull ? .full : .place(Place(of: self, passed: passed.union([self.number])))
    }

    fileprivate func leave() {
        self.count.withLockedValue { $0 -= 1 }
    }

    /// One of the connections, counted until nobody holds it any more. Thread-safe.
    final class Place: Sendable {
        private let connections: OriginConnections
        private let passed: Set<Int>
        private let hasLeft = NIOLockedValueBox(false)

        fileprivate init(of connections: OriginConnections, passed: Set<Int>) {
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
