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
