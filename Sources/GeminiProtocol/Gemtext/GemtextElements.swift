/// A heading of a page that is built; a line break in its text becomes a space.
public struct Heading: GemtextElement, Sendable, Hashable {
    /// The text of the heading.
    public let text: String
    /// 1, 2 or 3; what is outside of that counts as the nearest of them.
    public let level: Int

    public init(_ text: String, level: Int = 1) {
        self.text = text
        self.level = level
    }

    public func append(to page: inout Gemtext) {
        page.heading(self.level, self.text)
    }
}

/// An empty line of a page that is built.
public struct Blank: GemtextElement, Sendable, Hashable {
    public init() {}

    public func append(to page: inout Gemtext) {
        page.blank()
    }
}

/// A quotation of a page that is built, with a quote line for each line of its text.
public struct Quote: GemtextElement, Sendable, Hashable {
    /// What is quoted.
    public let text: String

    public init(_ text: String) {
        self.text = text
    }

    public func append(to page: inout Gemtext) {
        page.quote(self.text)
    }
}

/// A link of a page that is built.
///
/// ```swift
/// Link(to: "/posts/\(title)", title)      // the title as one segment, whatever is in it
/// Link(to: request.url)
/// ```
public struct Link: GemtextElement, Sendable, Hashable {
    /// Where it leads.
    public let target: LinkTarget
    /// What it is called; without one, clients show the target.
    public let label: String?

    public init(to target: LinkTarget, _ label: String? = nil) {
        self.target = target
        self.label = label
    }

    public init(to url: GeminiURL, _ label: String? = nil) {
        self.init(to: LinkTarget(url), label)
    }

    public init(to reference: URIReference, _ label: String? = nil) {
        self.init(to: LinkTarget(reference), label)
    }

    public func append(to page: inout Gemtext) {
        page.link(to: self.target, self.label)
    }
}

/// A list of a page that is built, with an item for each text; a line break in one becomes a space.
public struct List: GemtextElement, Sendable, Hashable {
    /// The texts of the items.
    public let items: [String]

    public init(_ items: some Sequence<some StringProtocol>) {
        self.items = items.map { String($0) }
    }

    public init(_ items: String...) {
        self.items = items
    }

    public func append(to page: inout Gemtext) {
        page.list(self.items)
    }
}

/// A preformatted block of a page that is built.
public struct Preformatted: GemtextElement, Sendable, Hashable {
    /// The lines of the block.
    public let text: String
    /// What it shows, for those who do not see it, or the name of a language.
    public let alt: String?

    public init(_ text: String, alt: String? = nil) {
        self.text = text
        self.alt = alt
    }

    public func append(to page: inout Gemtext) {
        page.preformatted(self.text, alt: self.alt)
    }
}
