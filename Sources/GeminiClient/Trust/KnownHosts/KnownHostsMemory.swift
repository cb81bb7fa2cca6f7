import NIOConcurrencyHelpers

/// Known hosts that are gone with the process.
final class KnownHostsMemory: Sendable {
    private let content = NIOLockedValueBox(KnownHostsTable())

    func table() -> KnownHostsTable {
        self.content.withLockedValue { $0 }
    }

    func update<Result>(_ body: (inout KnownHostsTable) -> Result) -> Result {
        self.content.withLockedValue { body(&$0) }
    }
}
