import NIOConcurrencyHelpers

/// A number that tasks add to. Thread-safe.
final class Counter: Sendable {
    private let count = NIOLockedValueBox(0)

    var value: Int { self.count.withLockedValue { $0 } }

    func add(_ number: Int) {
        self.count.withLockedValue { $0 += number }
    }

    /// The number, once it has not changed for a while.
    func settled(for span: Duration = .milliseconds(300)) async -> Int {
        var last = self.value
        var since = ContinuousClock.now
        while ContinuousClock.now - since < span {
            try? await Task.sleep(for: .milliseconds(20))
            if self.value != last {
                last = self.value
                since = .now
            }
        }
        return last
    }
}
