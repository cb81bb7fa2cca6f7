public import GeminiProtocol

/// Asks each host for one page at a time, with a pause between two, and only where its robots.txt lets programs in.
///
/// ```swift
/// let client = GeminiClient(trust: .anyServer)
/// let fetcher = PoliteFetcher(ClientFetcher(client), delay: .seconds(1), allows: robots.allows)
/// ```
public actor PoliteFetcher: PageFetcher {
    private let fetcher: any PageFetcher
    private let delay: Duration
    private let clock: any Clock<Duration>
    private let allows: @Sendable (GeminiURL) async -> Bool
    /// For each host, the last request to it; the next one waits for its end.
    private var queues: [GeminiURL: Task<FetchAnswer, Never>] = [:]

    /// - Parameters:
    ///   - fetcher: who asks.
    ///   - delay: the pause between the end of a request and the next one to the same host.
    ///   - clock: what the pauses are measured with.
    ///   - allows: whether a page may be asked for; may itself ask the host for its rules.
    public init(
        _ fetcher: any PageFetcher,
        delay: Duration = .seconds(1),
        clock: any Clock<Duration> = ContinuousClock(),
        allows: @escaping @Sendable (GeminiURL) async -> Bool = { _ in true }
    ) {
        self.fetcher = fetcher
        self.delay = delay
        self.clock = clock
        self.allows = allows
    }

    public func fetch(_ url: GeminiURL, wantsBody: Bool) async -> FetchAnswer {
        let place = (try? url.replacing(path: "/").replacing(query: nil).withoutFragment) ?? url
        let previous = self.queues[place]
        let task = Task { [fetcher, delay, clock, allows] in
            if let previous {
                let pause = max(delay, await previous.value.requestedDelay)
                try? await clock.sleep(for: pause)
            }
            guard !Task.isCancelled, await allows(url) else { return FetchAnswer.forbidden }
            if previous == nil { try? await clock.sleep(for: delay) }
            return await fetcher.fetch(url, wantsBody: wantsBody)
        }
        self.queues[place] = task
        return await withTaskCancellationHandler {
            await task.value
        } onCancel: {
            task.cancel()
        }
    }
}

extension FetchAnswer {
    /// How long the server asks to be left alone: the seconds of status 44, up to a minute (GP-092).
    fileprivate var requestedDelay: Duration {
        guard case .response(let header, _) = self, header.status == .slowDown else { return .zero }
        return .seconds(min(60, max(1, header.meta.flatMap { Int($0.text.prefix { $0.isNumber }) } ?? 1)))
    }
}
