/// A link of a page that is built.
///
/// ```swift
/// Link(to: "/posts/\(title)", title)      // the title as one segment, whatever is in it
/// Link(to: request.url)
/// ```
public struct Link: GemtextElement, Sendable, Hashable {
    /// Where it leads.
    public let target: Link.Target
    /// What it is called; without one, clients show the target.
    public let label: String?

    public init(to target: Link.Target, _ label: String? = nil) {
        self.target = target
        self.label = label
    }

    public init(to url: GeminiURL, _ label: String? = nil) {
        self.init(to: Link.Target(url), label)
    }

    public init(to reference: URIReference, _ label: String? = nil) {
        self.init(to: Link.Target(reference), label)
    }

    public func append(to page: inout Gemtext) {
        page.link(to: self.target, self.label)
    }
}
