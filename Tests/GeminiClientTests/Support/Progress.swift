import NIOConcurrencyHelpers

/// Counts, and tells when the count stands still.
final class Progress: Sendable {
    private let count = NIOLockedValueBox(0)

    func add(_ amount: Int) {
        self.count.withLockedValue { $0 += amount }
    }

    var value: Int { self.count.withLockedValue { $0 } }

    /// Waits until nothing has been added for this long.
    func settles(for time: Duration) async -> Int {
        var last = self.value
        var since = ContinuousClock.now
        while ContinuousClock.now - since < time {
            try? await Task.sleep(for: .milliseconds(5))
            if self.value != last {
                last = self.value
                since = .now
            }
        }
        return last
    }
}
