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
        /// The contexts by what clients are shown: hosts with one certificate have one context.
        package var byChain: [[Certificate]: ServerTLSContext] = [:]

        package init(byName: HostTable<ServerTLSContext> = HostTable(), fallback: ServerTLSContext?) {
            self.byName = byName
            self.fallback = fallback
        }

        /// A context for connections to a host with this identity: one that there is already, or a new one.
        ///
        /// The chain stands for the key too, of which it says the public half.
        package mutating func context(for identity: Identity, reusing earlier: Table?) throws -> ServerTLSContext {
            if let context = self.byChain[identity.certificates] { return context }
            let context =
                try earlier?.byChain[identity.certificates] ?? ServerTLSPolicy.makeContext(identity: identity)
            self.byChain[identity.certificates] = context
            return context
        }
    }

    private let table: NIOLockedValueBox<Table>
    /// One exchange after the other, so that none undoes what another has done.
    private let exchanging = NIOLock()

    package init(_ table: Table) {
        self.table = NIOLockedValueBox(table)
    }

    /// - Returns: `nil` where there is none for this name nor for any other.
    package func context(for serverName: String?) -> ServerTLSContext? {
        self.table.withLockedValue { table in
            serverName.flatMap { table.byName[$0] } ?? table.fallback
        }
    }

    /// What serves now.
    package var current: Table {
        self.table.withLockedValue { $0 }
    }

    /// Exchanges the contexts for those that are made of the present ones. Not for event loops.
    package func exchange(_ make: (Table) throws -> Table) rethrows {
        try self.exchanging.withLock {
            let table = try make(self.current)
            self.table.withLockedValue { $0 = table }
        }
    }
}
