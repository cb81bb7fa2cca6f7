import NIOConcurrencyHelpers

/// Counts from zero, on any thread.
final class Counter: Sendable {
    private let value = NIOLockedValueBox(0)

    func next() -> Int {
        self.value.withLockedValue { value in
            defer { value += 1 }
            return value
        }
    }
}
