package import GeminiServer
import NIOConcurrencyHelpers

/// An access log that a test can read, and wait for.
package final class RecordingAccessLog: AccessLogSink {
    private struct State {
        var entries: [AccessLogEntry] = []
        var waiting: [(count: Int, continuation: CheckedContinuation<Void, Never>)] = []
    }

    private let state = NIOLockedValueBox(State())

    package init() {}

    package var entries: [AccessLogEntry] {
        self.state.withLockedValue { $0.entries }
    }

    package func record(_ entry: AccessLogEntry) {
        let ready = self.state.withLockedValue { state in
            state.entries.append(entry)
            let count = state.entries.count
            let ready = state.waiting.filter { $0.count <= count }
            state.waiting.removeAll { $0.count <= count }
            return ready
        }
        for (_, continuation) in ready { continuation.resume() }
    }

    /// Waits until this many exchanges have been recorded.
    package func entries(atLeast count: Int) async -> [AccessLogEntry] {
        await withCheckedContinuation { continuation in
            let isThere = self.state.withLockedValue { state in
                if state.entries.count >= count { return true }
                state.waiting.append((count, continuation))
                return false
            }
            if isThere { continuation.resume() }
        }
        return self.entries
    }
}
