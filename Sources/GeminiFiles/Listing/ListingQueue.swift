import GeminiServer
import NIOConcurrencyHelpers
import NIOPosix

/// Makes listings, one after another by a thread of their own: a folder of many thousand names takes a tenth of a second,
/// for which no file is to wait. Whoever asks for a folder whose listing is being made gets that one. Thread-safe.
final class ListingQueue: Sendable {
    private static let thread: NIOThreadPool = {
        let thread = NIOThreadPool(numberOfThreads: 1)
        thread.start()
        return thread
    }()

    private let underWay = NIOLockedValueBox<[RelativePath: Task<Response, any Error>]>([:])

    /// The listing of a folder.
    ///
    /// - Parameter make: makes it; may wait for the disk.
    func response(at path: RelativePath, _ make: @escaping @Sendable () -> Response) async throws -> Response {
        let task = self.underWay.withLockedValue { underWay in
            if let task = underWay[path] { return task }
            let task = Task {
                defer { self.underWay.withLockedValue { $0[path] = nil } }
                return try await Self.thread.runIfActive(make)
            }
            underWay[path] = task
            return task
        }
        return try await task.value
    }
}
