import NIOPosix

extension LockedFile {
    /// Does what waits for the disk where nothing else waits for it.
    static func onThreadPool<Result: Sendable>(
        _ work: @escaping @Sendable () throws(StorageError) -> Result
    ) async throws(StorageError) -> Result {
        do {
            return try await NIOThreadPool.singleton.runIfActive(work)
        } catch let error as StorageError {
            throw error
        } catch is CancellationError {
            throw .cancelled
        } catch {
            throw .unreadable(path: "a file of the client", reason: "\(error)")
        }
    }

    /// Does what changes the file, again and again while another process has the lock.
    ///
    /// - Throws: ``StorageError/locked(path:)`` when that takes longer than the ``patience``.
    func inTurn<Result: Sendable>(
        _ work: @escaping @Sendable () throws(StorageError) -> Result
    ) async throws(StorageError) -> Result {
        let end = ContinuousClock.now + self.patience
        while true {
            do throws(StorageError) {
                return try await Self.onThreadPool(work)
            } catch {
                guard case .locked = error, ContinuousClock.now < end else { throw error }
            }
            // A lock of flock(2) can only be waited for by a blocked thread. Not in step with others who wait.
            try? await Task.sleep(for: .milliseconds(Int.random(in: 1...8)))
        }
    }
}
