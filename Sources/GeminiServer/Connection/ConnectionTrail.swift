import NIOConcurrencyHelpers
package import NIOCore

/// What connections that this process opens are on behalf of, so that one that comes back to it is known for what it is.
/// Thread-safe.
package enum ConnectionTrail {
    /// One who sends connections on: a proxy, or a host that is passed through.
    package struct Mark: Hashable, Sendable {
        private static let last = NIOLockedValueBox(0)

        private let number: Int

        package init() {
            self.number = Self.last.withLockedValue { last in
                last += 1
                return last
            }
        }
    }

    /// The two ends of a connection, as the side that opened it sees them. One end is not enough: a port may be the local one
    /// of several connections at once.
    private struct Ends: Hashable {
        var local: SocketAddress
        var remote: SocketAddress
    }

    private static let marks = NIOLockedValueBox<[Ends: Set<Mark>]>([:])

    /// Who has sent on what a connection to this process carries.
    ///
    /// - Parameters:
    ///   - source: where the connection came from.
    ///   - destination: where it came to.
    package static func marks(from source: SocketAddress?, to destination: SocketAddress?) -> Set<Mark> {
        guard let source, let destination else { return [] }
        return self.marks.withLockedValue { $0[Ends(local: source, remote: destination)] } ?? []
    }

    /// Remembers who sends on what this connection is going to carry, until it is closed. To be called before the first byte
    /// is sent on it.
    package static func remember(_ marks: Set<Mark>, of channel: any Channel) {
        guard let local = channel.localAddress, let remote = channel.remoteAddress else { return }
        let ends = Ends(local: local, remote: remote)
        self.marks.withLockedValue { $0[ends] = marks }
        channel.closeFuture.whenComplete { _ in
            self.marks.withLockedValue { $0[ends] = nil }
        }
    }
}
