public import GeminiProtocol

/// The rules of the servers that a program visits, each fetched before the first page and again after a while (RB-02).
///
/// ```swift
/// let robots = RobotsCache(client)
/// guard try await robots.allows(url, agents: [.indexer, "my-crawler"]) else { continue }
/// ```
public actor RobotsCache {
    private struct Entry {
        var rules: RobotsRules
        var fetched: ContinuousClock.Instant
    }

    /// How long it counts that a server could not be asked.
    private static let retryInterval = Duration.seconds(300)

    private let client: GeminiClient
    private let lifetime: Duration
    private var entries: [GeminiURL: Entry] = [:]

    /// - Parameters:
    ///   - client: who fetches them.
    ///   - lifetime: how long they count; a day unless given.
    public init(_ client: GeminiClient, lifetime: Duration = .seconds(86400)) {
        self.client = client
        self.lifetime = lifetime
    }

    /// Whether a program may ask for a URL; see ``RobotsRules/allows(_:agents:)``.
    ///
    /// - Throws: ``ClientError/cancelled``, and nothing else.
    public func allows(_ url: GeminiURL, agents: Set<RobotsAgent>) async throws(ClientError) -> Bool {
        try await self.rules(for: url).allows(url, agents: agents)
    }

    private func rules(for url: GeminiURL) async throws(ClientError) -> RobotsRules {
        let place = url.robots
        if let entry = self.entries[place] {
            let lifetime = entry.rules == .forbidden ? min(Self.retryInterval, self.lifetime) : self.lifetime
            if ContinuousClock.now - entry.fetched < lifetime { return entry.rules }
        }
        let rules = try await self.client.robots(for: url)
        self.entries[place] = Entry(rules: rules, fetched: .now)
        return rules
    }
}
