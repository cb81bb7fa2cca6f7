public import GeminiProtocol

/// A link of a page, and where it leads.
public struct PageLink: Sendable, Hashable {
    /// The target as the author wrote it.
    public let target: String

    /// What the link is called; `nil` when it has no name but its target.
    public let label: String?

    /// The absolute URI that the target means on its page, of any scheme; `nil` when it is none (GT-24).
    public let reference: URIReference?

    /// The reference as what can be fetched: a URL with a host and without userinfo.
    public let url: GeminiURL?

    init(_ link: GemtextDocument.Link, on page: GeminiURL) {
        self.target = link.target
        self.label = link.label
        self.reference = (try? URIReference(lenient: link.target))?.resolved(against: page.reference).normalized()
        self.url = self.reference.flatMap { try? GeminiURL($0) }
    }
}
