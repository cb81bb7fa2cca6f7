import GeminiProtocol

/// Puts a feed together from the elements of an Atom document, as they are read.
struct AtomBuilder {
    static let namespace = "http://www.w3.org/2005/Atom"
    static let deepest = 64
    /// Of a longer text the rest is dropped.
    static let longestText = 1 << 16
    /// A longer `xml:base` counts for nothing.
    static let longestBase = 4096

    private struct Element {
        let name: AtomName
        let base: URIReference
    }

    private var open: [Element] = []
    private let base: URIReference
    private var whole = AtomFields()
    private var entry: AtomFields?
    private var entries: [AtomFields] = []
    /// The text that is being read: whose, and how deep its element is.
    private var text: AtomText?
    private var textDepth = 0

    /// - Parameter base: where the document was fetched.
    init(base: URIReference) {
        self.base = base
    }

    mutating func start(_ element: XMLReader.Element) throws(FeedError) {
        let attributes = element.attributes
        let atom = element.namespace == Self.namespace ? AtomName(rawValue: element.name) ?? .other : .other
        guard !self.open.isEmpty || atom == .feed else { throw .notAtom(element.name) }
        guard self.open.count < Self.deepest else { throw .tooDeep }
        let parent = self.open.last
        var base = parent?.base ?? self.base
        if let relative = attributes["xml:base"], let reference = try? URIReference(lenient: relative) {
            let resolved = reference.resolved(against: base)
            // A long one would be a part of every link.
            base = resolved.description.utf8.count <= Self.longestBase ? resolved : base
        }
        self.open.append(Element(name: atom, base: base))
        guard self.text == nil else { return }
        // What counts stands right below the feed or one of its entries: a `source` in an entry has titles too.
        let isField = self.open.count == 2 || self.open.count == 3 && self.entry != nil
        switch atom {
        case .entry where self.open.count == 2:
            self.entry = AtomFields()
        case .link where isField:
            self.link(attributes, base: base)
        case .title, .subtitle, .id, .updated, .published, .summary, .name:
            guard atom == .name ? self.isAuthor : isField else { break }
            self.text = AtomText(type: attributes["type"])
            self.textDepth = self.open.count
        case .feed, .entry, .link, .author, .other:
            break
        }
    }

    mutating func text(_ text: String) {
        self.text?.append(text, limit: Self.longestText)
    }

    mutating func end() {
        guard let element = self.open.last else { return }
        if let text = self.text, self.open.count == self.textDepth {
            self.take(text.plain, as: element.name)
            self.text = nil
        }
        self.open.removeLast()
        if self.open.count == 1, let entry = self.entry {
            if self.entries.count < Feed.maximumEntries { self.entries.append(entry) }
            self.entry = nil
        }
    }

    /// The feed, when the document is over.
    func feed(fetched: Timestamp) -> Feed {
        let updated = self.whole.updated
        var seen: Set<String> = []
        let entries: [FeedEntry] = self.entries.compactMap { entry in
            guard let link = entry.link else { return nil }
            let id = entry.id ?? link.description
            guard seen.insert(id).inserted else { return nil }
            return FeedEntry(
                id: id,
                link: link,
                title: entry.title ?? "",
                updated: entry.updated ?? entry.published ?? updated ?? fetched,
                summary: entry.summary
            )
        }
        return Feed(
            id: self.whole.id ?? self.base.description,
            link: self.whole.link ?? self.base,
            title: self.whole.title,
            subtitle: self.whole.subtitle,
            author: self.whole.author,
            updated: updated ?? entries.map(\.updated).max() ?? fetched,
            entries: entries
        )
    }

    /// Whether what was opened last stands right in the author of the feed.
    private var isAuthor: Bool {
        self.open.count == 3 && self.open[1].name == .author
    }

    private mutating func take(_ text: String, as name: AtomName) {
        if self.entry != nil {
            self.entry?.take(text, as: name)
        } else {
            self.whole.take(text, as: name)
        }
    }

    private mutating func link(_ attributes: [String: String], base: URIReference) {
        let relation = attributes["rel"]?.lowercased() ?? "alternate"
        guard relation == "alternate", let target = attributes["href"]?.asOneLine.unlessEmpty,
            let link = try? URIReference(lenient: target).resolved(against: base).normalized(), link.scheme != nil
        else { return }
        if self.entry != nil {
            self.entry?.take(link)
        } else {
            self.whole.take(link)
        }
    }
}

/// The elements of Atom that are read.
enum AtomName: String {
    case feed, entry, title, subtitle, id, updated, published, link, summary, author, name, other
}
