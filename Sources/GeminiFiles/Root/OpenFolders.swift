import GeminiServer
import NIOConcurrencyHelpers

/// The folders that are held open to be served from. Where there are more than the process can well have open, those
/// that nobody has asked for lately do without their descriptors until somebody does. Thread-safe.
final class OpenFolders: Sendable {
    /// All of the process: an eighth of the descriptors that it may have, of which connections take three quarters. A
    /// thousand hosts start within the 1,024 that a process has by default.
    static let shared = OpenFolders { max(16, min(4096, DescriptorLimit.current / 8)) }

    private struct Entry {
        weak var folder: CurrentFolder?
    }

    private struct State {
        var entries: [Entry] = []
        /// Who is next to be asked for a descriptor.
        var hand = 0
    }

    private let limit: @Sendable () -> Int
    private let state = NIOLockedValueBox(State())

    init(limit: @escaping @Sendable () -> Int) {
        self.limit = limit
    }

    /// Counts a folder that has been opened, and makes room for it.
    func add(_ folder: CurrentFolder) {
        let limit = max(1, self.limit())
        self.state.withLockedValue { state in
            var refusals = 0
            while state.entries.count >= limit {
                if state.hand >= state.entries.count { state.hand = 0 }
                // Each is passed over once if it was used, and nobody for ever.
                let isFree = state.entries[state.hand].folder?.letGo(always: refusals >= state.entries.count) ?? true
                if isFree {
                    state.entries.swapAt(state.hand, state.entries.count - 1)
                    state.entries.removeLast()
                } else {
                    refusals += 1
                    state.hand += 1
                }
            }
            state.entries.append(Entry(folder: folder))
        }
    }
}
