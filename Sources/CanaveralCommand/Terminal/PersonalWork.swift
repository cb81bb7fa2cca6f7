import Dispatch
import Synchronization

/// Work that waits for a person, who may take as long as they like: on a thread of its own, because those that tasks
/// share are few, and are needed to notice a Control-C.
final class PersonalWork: Sendable {
    private let wasCancelled = Mutex(false)

    private init() {}

    /// Whether the person has had enough: the work is to end soon.
    var isCancelled: Bool { self.wasCancelled.withLock { $0 } }

    static func run<Result: Sendable>(_ work: @escaping @Sendable (PersonalWork) -> Result) async -> Result {
        let state = PersonalWork()
        return await withTaskCancellationHandler {
            await withCheckedContinuation { continuation in
                DispatchQueue.global().async { continuation.resume(returning: work(state)) }
            }
        } onCancel: {
            state.wasCancelled.withLock { $0 = true }
        }
    }
}
