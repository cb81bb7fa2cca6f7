public import GeminiProtocol

extension GeminiClient {
    /// Asks for a URL, and again after waiting when the server says that it cannot answer for now (GP-092).
    ///
    /// - Returns: the last outcome.
    /// - Throws: as ``fetch(_:)`` does; a connection that fails is not tried again.
    public func fetch(_ url: GeminiURL, retrying policy: RetryPolicy) async throws(ClientError) -> Outcome<Page> {
        var backoff = Backoff(policy)
        while true {
            let outcome = try await self.fetch(url)
            guard case .failure(let failure) = outcome, let delay = backoff.delay(after: failure) else {
                return outcome
            }
            do {
                try await self.configuration.clock.sleep(for: delay)
            } catch {
                throw .cancelled
            }
        }
    }
}
