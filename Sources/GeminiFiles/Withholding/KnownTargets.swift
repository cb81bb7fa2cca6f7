import NIOConcurrencyHelpers

/// Where each of some paths has led as long as somebody looks: a key that a link led to before it was exchanged is a key
/// still. Thread-safe; waits for the disk.
final class KnownTargets: Sendable {
    /// All of the process, so that they are known when the configuration is read again.
    static let shared = KnownTargets()

    /// Paths without links.
    private let targets = NIOLockedValueBox<[[UInt8]: Set<[UInt8]>]>([:])

    /// Where the paths lead now, and where they led at earlier looks.
    func looked(at paths: [[UInt8]]) -> Set<[UInt8]> {
        let found = paths.map { ($0, RealPath.place(of: $0)) }
        return self.targets.withLockedValue { targets in
            found.reduce(into: []) { all, one in
                targets[one.0, default: []].insert(one.1)
                all.formUnion(targets[one.0, default: []])
            }
        }
    }
}
