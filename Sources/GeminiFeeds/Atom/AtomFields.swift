import GeminiProtocol

/// What was read of a feed or of an entry.
struct AtomFields {
    var id: String?
    var title: String?
    var subtitle: String?
    var author: String?
    var summary: String?
    var updated: Timestamp?
    var published: Timestamp?
    var link: URIReference?

    /// Takes the text of an element. What is there already stays: RFC 4287 allows each once.
    mutating func take(_ text: String, as name: AtomName) {
        switch name {
        case .id: self.id = self.id ?? text.unlessEmpty
        case .title: self.title = self.title ?? text.unlessEmpty
        case .subtitle: self.subtitle = self.subtitle ?? text.unlessEmpty
        case .updated: self.updated = self.updated ?? Timestamp(iso8601: text)
        case .published: self.published = self.published ?? Timestamp(iso8601: text)
        case .summary: self.summary = self.summary ?? text.unlessEmpty
        case .name: self.author = self.author ?? text.unlessEmpty
        case .feed, .entry, .link, .author, .other: break
        }
    }

    /// Takes a link: the first, or the first of this protocol where there is one.
    mutating func take(_ link: URIReference) {
        if self.link == nil || link.scheme == "gemini" && self.link?.scheme != "gemini" {
            self.link = link
        }
    }
}
