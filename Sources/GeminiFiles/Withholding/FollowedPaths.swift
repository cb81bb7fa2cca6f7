import NIOConcurrencyHelpers
import NIOCore

/// Paths, and where they lead and have led. Thread-safe; waits for the disk.
final class FollowedPaths: Sendable {
    private struct State {
        /// Without links.
        var real: Set<[UInt8]> = []
        /// The same, in order.
        var inOrder: [[UInt8]] = []
        var nextLook: NIODeadline?
    }

    /// A thousand paths are followed in some milliseconds, which is not to be had for each of a thousand folders.
    private static let interval = TimeAmount.seconds(1)

    private let paths: [[UInt8]]
    private let targets: KnownTargets
    private let now: @Sendable () -> NIODeadline
    private let state = NIOLockedValueBox(State())

    init(
        _ paths: [String],
        targets: KnownTargets = .shared,
        now: @escaping @Sendable () -> NIODeadline = { .now() }
    ) {
        self.paths = Set(paths).filter { !$0.isEmpty }.map { Array($0.utf8) }
        self.targets = targets
        self.now = now
    }

    /// Those that lead beneath a folder, as the ways from there; the empty way alone where the folder itself is one of them,
    /// or lies in one.
    ///
    /// - Parameter root: the folder's path without links.
    func paths(beneath root: [UInt8], isFresh: Bool) -> [[UInt8]] {
        let slash = UInt8(ascii: "/")
        let prefix = root.last == slash ? root : root + [slash]
        return self.state.withLockedValue { state in
            let now = self.now()
            if isFresh || state.nextLook.map({ now >= $0 }) ?? true {
                let real = self.targets.looked(at: self.paths)
                if real != state.real {
                    state.real = real
                    state.inOrder = real.sorted { $0.lexicographicallyPrecedes($1) }
                }
                state.nextLook = now + Self.interval
            }
            let around = prefix.indices.lazy.filter { prefix[$0] == slash }.map { Array(prefix[..<max($0, 1)]) }
            guard !around.contains(where: state.real.contains) else { return [[]] }
            let inOrder = state.inOrder
            var (low, high) = (0, inOrder.count)
            while low < high {
                let middle = (low + high) / 2
                if inOrder[middle].lexicographicallyPrecedes(prefix) { low = middle + 1 } else { high = middle }
            }
            return inOrder[low...].prefix { $0.starts(with: prefix) }.map { Array($0.dropFirst(prefix.count)) }
        }
    }
}
