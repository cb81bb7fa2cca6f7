import NIOConcurrencyHelpers

@testable import Canaveral

/// Counts the steps of storing, and lets some of them fail.
final class Steps: Sendable {
    private let taken = NIOLockedValueBox<[StoringStep]>([])
    private let judge: @Sendable (StoringStep, Int) -> CInt?

    /// - Parameter judge: gets a step, and how many of its kind came before.
    init(_ judge: @escaping @Sendable (StoringStep, Int) -> CInt? = { _, _ in nil }) {
        self.judge = judge
    }

    var all: [StoringStep] {
        self.taken.withLockedValue { $0 }
    }

    var hindrance: UploadFolder.Hindrance {
        { step in
            let number = self.taken.withLockedValue { taken in
                defer { taken.append(step) }
                return taken.count { $0 == step }
            }
            return self.judge(step, number)
        }
    }
}
