import GeminiProtocol
import GeminiTLS
import NIOConcurrencyHelpers

/// The hosts that are passed through, by the names in clients' hellos.
struct PassThroughTable: Sendable {
    /// A host and the number of its connections. Thread-safe.
    final class Entry: Sendable {
        let host: PassThroughHost
        private let count: NIOLockedValueBox<Int>
        /// For what the log is told of its back end.
        let throttle: LineThrottle<Line>
        /// What its connections to the back end are known by, should they come back.
        let mark: ConnectionTrail.Mark

        enum Line {
            case unreachable, loop
        }

        /// - Parameter earlier: the same host of another configuration, with which this one counts together.
        init(_ host: PassThroughHost, following earlier: Entry? = nil) {
            self.host = host
            self.count = earlier?.count ?? NIOLockedValueBox(0)
            self.throttle = earlier?.throttle ?? LineThrottle()
            self.mark = earlier?.mark ?? ConnectionTrail.Mark()
        }

        /// Counts a connection in, if there is room; then ``leave()`` must follow once.
        func enter() -> Bool {
            self.count.withLockedValue { count in
                guard count < self.host.maximumConnections ?? .max else { return false }
                count += 1
                return true
            }
        }

        func leave() {
            self.count.withLockedValue { $0 -= 1 }
        }
    }

    /// `nil` for the names of hosts that are served here, which come before a pattern.
    private let entries: HostTable<Entry?>

    /// - Parameter earlier: the table before, whose connections go on: a host with the same first name counts them too.
    /// - Throws: ``ServerConfigurationError/nameServedTwice(_:)`` where a name is another host's too.
    init(
        _ passThrough: [PassThroughHost],
        besides hosts: [VirtualHost],
        following earlier: PassThroughTable? = nil
    ) throws(ServerConfigurationError) {
        var entries = HostTable<Entry?>()
        for host in passThrough {
            let names = host.names.map(\.withoutTrailingDot.description) + host.wildcards.map(\.description)
            let entry = Entry(host, following: names.first.flatMap { earlier?.entries[$0] ?? nil })
            for name in names {
                guard entries.set(entry, for: name) == nil else { throw .nameServedTwice(name) }
            }
        }
        if !entries.isEmpty {
            for name in hosts.flatMap(\.serverNames) {
                if case .some(.some) = entries.set(nil, for: name) { throw .nameServedTwice(name) }
            }
        }
        self.entries = entries
    }

    func entry(for serverName: String) -> Entry? {
        self.entries.isEmpty ? nil : self.entries[serverName] ?? nil
    }
}
