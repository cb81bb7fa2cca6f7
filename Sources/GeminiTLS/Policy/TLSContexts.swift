import NIOConcurrencyHelpers

/// The contexts of a server by host name, which can be exchanged while it runs.
///
/// A connection keeps the context that it began with, so an exchange disturbs nobody. Thread-safe.
package final class TLSContexts: Sendable {
    /// What serves which name at one moment.
    package struct Table: Sendable {
        package var byName: HostTable<ServerTLSContext>
        /// Where the client names no host, or one that is not ours (GP-007, DA-15). `nil` where every host is another
        /// server's.
        package var fallback: ServerTLSContext?

        package init(byName: HostTable<ServerTLSContext> = HostTable(), fallback: ServerTLSContext?) {
            self.byName = byName
            self.fallback = fallback
        }
    }

    private let table: NIOLockedValueBox<Table>

    package init(_ table: Table) {
        self.table = NIOLockedValueBox(table)
    }

    /// - Returns: `nil` where there is none for this name nor for any other.
    package func context(for serverName: String?) -> ServerTLSContext? {
        self.table.withLockedValue { table in
            serverName.flatMap { table.byName[$0] } ?? table.fallback
        }
    }

    package func replace(with table: Table) {
        self.table.withLockedValue { $0 = table }
    }
}
