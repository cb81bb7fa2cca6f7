import Synchronization

/// The progress of a transfer that is told from wherever its pieces are sent.
final class SharedProgress: Sendable {
    private let progress: Mutex<TransferProgress>

    init(_ progress: TransferProgress) {
        self.progress = Mutex(progress)
    }

    func add(_ bytes: Int) {
        self.progress.withLock { $0.add(bytes) }
    }

    func end() {
        self.progress.withLock { $0.end() }
    }
}
