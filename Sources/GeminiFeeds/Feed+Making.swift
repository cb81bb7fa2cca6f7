public import GeminiProtocol

extension Feed {
    /// Makes the feed of an application.
    ///
    /// ```swift
    /// let feed = Feed(
    ///     title: "Flight log",
    ///     at: try GeminiURL("gemini://example.org/log/"),
    ///     entries: posts.map { FeedEntry(title: $0.title, at: $0.url, updated: $0.date) }
    /// )
    /// return .gemtext(feed.subscriptionPage)
    /// ```
    ///
    /// - Parameters:
    ///   - title: what the feed is called.
    ///   - url: the page that it is, by which it is recognised.
    ///   - subtitle: what it is about.
    ///   - author: who writes it.
    ///   - entries: in any order; of several with one address the first counts.
    public init(
        title: String,
        at url: GeminiURL,
        subtitle: String? = nil,
        author: String? = nil,
        entries: [FeedEntry]
    ) {
        self.init(
            id: url.withoutFragment.description,
            link: url.withoutFragment.reference,
            title: title.asOneLine.unlessEmpty,
            subtitle: subtitle?.asOneLine.unlessEmpty,
            author: author?.asOneLine.unlessEmpty,
            updated: entries.map(\.updated).max() ?? Timestamp(secondsSinceEpoch: 0),
            entries: entries
        )
    }
}

extension FeedEntry {
    /// Makes an entry of an application's feed.
    public init(title: String, at url: GeminiURL, updated: Timestamp, summary: String? = nil) {
        let link = url.reference.normalized()
        self.init(
            id: link.description,
            link: link,
            title: title.asOneLine,
            updated: updated,
            summary: summary?.asOneLine.unlessEmpty
        )
    }
}
