public import GeminiProtocol

/// Something that is written again and again, as a feed reader sees it: a subscription page or an Atom document.
///
/// ```swift
/// let page = try await client.fetch(url)
/// let feed = try Feed(parsing: page.body, type: page.mediaType, at: url, fetched: now)
/// for entry in feed.entries where entry.updated > lastVisit {
///     print(entry.updated.date, entry.title, entry.link)
/// }
/// ```
///
/// The entries are in the order of the document, which need not be that of time, and each has a link.
public struct Feed: Sendable, Hashable {
    /// What the feed is recognised by: for a subscription page its URL (SB-01).
    public var id: String
    /// What to open to read the feed itself.
    public var link: URIReference
    /// One line of text; `nil` when the feed has no title.
    public var title: String?
    /// One line of text.
    public var subtitle: String?
    /// Who writes it, in one line of text; subscription pages do not say.
    public var author: String?
    /// When something changed last, by the feed's own account.
    public var updated: Timestamp
    public var entries: [FeedEntry]

    public init(
        id: String,
        link: URIReference,
        title: String? = nil,
        subtitle: String? = nil,
        author: String? = nil,
        updated: Timestamp,
        entries: [FeedEntry] = []
    ) {
        self.id = id
        self.link = link
        self.title = title
        self.subtitle = subtitle
        self.author = author
        self.updated = updated
        self.entries = entries
    }
}

/// One of the things that a ``Feed`` tells of.
public struct FeedEntry: Sendable, Hashable, Identifiable {
    /// What the entry is recognised by when the feed is read again. No two of a feed are the same.
    public var id: String
    /// Where it is: absolute, in its normal form, and of any scheme.
    public var link: URIReference
    /// One line of text; empty when the feed gives it none.
    public var title: String
    /// When it was written or changed.
    public var updated: Timestamp
    /// What it is about, in one line of text; subscription pages do not say.
    public var summary: String?

    public init(id: String, link: URIReference, title: String, updated: Timestamp, summary: String? = nil) {
        self.id = id
        self.link = link
        self.title = title
        self.updated = updated
        self.summary = summary
    }

    /// The link as a URL with a host; `nil` for others, such as `mailto:`.
    public var url: GeminiURL? {
        try? GeminiURL(self.link)
    }
}
