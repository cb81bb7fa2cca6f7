import GeminiProtocol
import NIOConcurrencyHelpers

/// The hosts that are passed through, by the names in clients' hellos.
struct PassThroughTable: Sendable {
    /// A host and the number of its connections. Thread-safe.
    final class Entry: Sendable {
        let host: PassThroughHost
        private let count = NIOLockedValueBox(0)

        init(_ host: PassThroughHost) {
            self.host = host
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

    private let byName: [String: Entry]

    /// - Throws: ``ServerConfigurationError/nameServedTwice(_:)`` where a name is another host's too.
    init(_ passThrough: [PassThroughHost], besides hosts: [VirtualHost]) throws(ServerConfigurationError) {
        let served = Set(hosts.flatMap(\.names).map(\.withoutTrailingDot.description))
        var byName: [String: Entry] = [:]
        for host in passThrough {
            let entry = Entry(host)
            for name in host.names.map(\.withoutTrailingDot.description) {
                guard !served.contains(name), byName.updateValue(entry, forKey: name) == nil else {
                    throw .nameServedTwice(name)
                }
            }
        }
        self.byName = byName
    }

    func entry(for serverName: String) -> Entry? {
        self.byName.isEmpty ? nil : self.byName[serverName]
    }
}
