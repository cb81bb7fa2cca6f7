import Logging
import ServiceLifecycle

/// One job, run after run: never twice at once, and with an end when the application ends.
struct JobRun: Sendable {
    let name: String
    let grace: Duration
    let environment: AppEnvironment
    let logger: Logger
    let work: @Sendable () async throws -> Void

    /// Waits, unless the application ends before that.
    ///
    /// - Returns: whether the time has passed.
    func wait(_ delay: Duration) async -> Bool {
        let hasPassed = await cancelWhenGracefulShutdown {
            (try? await self.environment.sleep(delay)) != nil
        }
        return hasPassed && !Task.isCancelled && !Task.isShuttingDownGracefully
    }

    /// Runs the job once. An application that ends waits for it, for as long as the grace lasts; then it is cancelled.
    func once() async {
        await withTaskGroup(of: Void.self) { group in
            group.addTask {
                do {
                    try await self.work()
                } catch is CancellationError where Task.isCancelled {
                    self.logger.warning("The job '\(self.name)' was cancelled because the application ends.")
                } catch {
                    self.logger.error("The job '\(self.name)' failed, and will run again: \(error)")
                }
            }
            group.addTask {
                guard (try? await gracefulShutdown()) != nil else { return }
                try? await self.environment.sleep(self.grace)
            }
            await group.next()
            group.cancelAll()
        }
    }
}
