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
