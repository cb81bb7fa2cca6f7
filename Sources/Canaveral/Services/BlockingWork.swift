import NIOPosix

/// Threads for work that blocks: that waits for a disk or for another program, or that counts for long.
///
/// The threads on which handlers run are as many as there are processors, and all requests share them: one that waits in
/// its own way keeps all others waiting.
///
/// ```swift
/// routes.page("/portrait/{name}") { (context, name: String) in
///     let art = try await context.blocking { try renderPortrait(of: name) }
///     return .text(art)
/// }
/// ```
///
/// Thread-safe.
public struct BlockingWork: Sendable {
    /// Sixteen threads that the process has for it, which start with the first work. They are not those that read files for
    /// visitors, which slow work would keep from it.
    public static let shared = BlockingWork(threads: 16)

    /// The threads, which end with the last copy of the value.
    private final class Threads: Sendable {
        let pool: NIOThreadPool

        init(count: Int) {
            self.pool = NIOThreadPool(numberOfThreads: count)
            self.pool.start()
        }

        deinit {
            self.pool.shutdownGracefully { _ in }
        }
    }

    private let threads: Threads

    /// - Parameter threads: how much is done at once; what is more waits in order.
    public init(threads: Int) {
        self.threads = Threads(count: threads)
    }

    /// Does the work on one of the threads.
    ///
    /// - Throws: what the work throws, and `CancellationError` where the task is cancelled before the work has begun. Work
    ///   that has begun is not interrupted: what can take long should look at a flag of its own.
    public func run<Result: Sendable>(_ work: @escaping @Sendable () throws -> Result) async throws -> Result {
        try await self.threads.pool.runIfActive(work)
    }

    /// Does the work on one of the ``shared`` threads.
    public static func run<Result: Sendable>(
        _ work: @escaping @Sendable () throws -> Result
    ) async throws -> Result {
        try await Self.shared.run(work)
    }
}

extension RequestContext {
    /// Does work that blocks on a thread for such: see ``BlockingWork``.
    ///
    /// - Throws: as ``BlockingWork/run(_:)-swift.method``.
    public func blocking<Result: Sendable>(
        _ work: @escaping @Sendable () throws -> Result
    ) async throws -> Result {
        try await BlockingWork.shared.run(work)
    }
}
