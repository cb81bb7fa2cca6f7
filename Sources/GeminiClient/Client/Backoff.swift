import GeminiProtocol

/// The waits between the attempts at one request, or between the requests to one server, each twice as long as the one
/// before (GP-092).
///
/// ```swift
/// var backoff = Backoff(RetryPolicy())
/// while case .failure(let failure) = outcome, let delay = backoff.delay(after: failure) {
///     try await Task.sleep(for: delay)
///     outcome = try await client.fetch(url)
/// }
/// ```
public struct Backoff: Sendable {
    private let policy: RetryPolicy
    private var attempts = 0
    private var next: Duration

    public init(_ policy: RetryPolicy) {
        self.policy = policy
        self.next = policy.firstDelay
    }

    /// How long to wait before the next attempt; `nil` when there is to be none.
    public mutating func delay(after failure: Failure) -> Duration? {
        self.delay(after: failure.exchange.header)
    }

    mutating func delay(after header: ResponseHeader) -> Duration? {
        guard header.status.group == .temporaryFailure,
            self.policy.statuses.contains(header.status.equivalent),
            self.attempts < self.policy.retries
        else { return nil }
        let delay = max(self.next, header.requestedDelay ?? .zero)
        guard delay <= self.policy.longestDelay else { return nil }
        self.attempts += 1
        self.next = delay * 2
        return delay
    }
}
