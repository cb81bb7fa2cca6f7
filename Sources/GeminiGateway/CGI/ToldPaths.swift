import NIOConcurrencyHelpers

/// Paths that the log was told of, so that it is told of each once. Thread-safe, and of a bounded size: what visitors ask for is
/// theirs to choose.
final class ToldPaths: Sendable {
    private static let most = 1024

    private let paths = NIOLockedValueBox<Set<[UInt8]>>([])

    /// - Returns: whether the path is new and is to be told of.
    func insert(_ path: [UInt8]) -> Bool {
        self.paths.withLockedValue { $0.count < Self.most && $0.insert(path).inserted }
    }
}
