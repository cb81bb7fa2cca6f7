import NIOConcurrencyHelpers
import NIOCore

/// Paths, and where they lead. Thread-safe; waits for the disk.
final class FollowedPaths: Sendable {
    private struct State {
        /// Without links, in order.
        var real: [[UInt8]] = []
        var nextLook: NIODeadline?
    }

    /// A thousand paths are followed in some milliseconds, which is not to be had for each of a thousand folders.
    private static let interval = TimeAmount.seconds(10)

    private let paths: [[UInt8]]
    private let now: @Sendable () -> NIODeadline
    private let state = NIOLockedValueBox(State())

    init(_ paths: [String], now: @escaping @Sendable () -> NIODeadline = { .now() }) {
        self.paths = Set(paths).map { Array($0.utf8) }
        self.now = now
    }

    /// Those that lead beneath a folder, as the ways from there.
    ///
    /// - Parameter root: the folder's path without links.
    func paths(beneath root: [UInt8], isFresh: Bool) -> [[UInt8]] {
        let slash = UInt8(ascii: "/")
        let prefix = root.last == slash ? root : root + [slash]
        return self.state.withLockedValue { state in
            let now = self.now()
            if isFresh || state.nextLook.map({ now >= $0 }) ?? true {
                state.real = self.paths.map(RealPath.place).sorted { $0.lexicographicallyPrecedes($1) }
                state.nextLook = now + Self.interval
            }
            let real = state.real
            var (low, high) = (0, real.count)
            while low < high {
                let middle = (low + high) / 2
                if real[middle].lexicographicallyPrecedes(prefix) { low = middle + 1 } else { high = middle }
            }
            return real[low...].prefix { $0.starts(with: prefix) }.map { Array($0.dropFirst(prefix.count)) }
        }
    }
}
