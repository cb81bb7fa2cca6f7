/// A preformatted block of a page that is built.
public struct Preformatted: GemtextElement, Sendable, Hashable {
    /// The lines of the block.
    public let text: String
    /// What it shows, for those who do not see it, or the name of a language.
    public let alt: String?

    /// What becomes of ANSI colours in the lines.
    public let colours: ANSIColours

    public init(_ text: String, alt: String? = nil, colours: ANSIColours = .replaced) {
        self.text = text
        self.alt = alt
        self.colours = colours
    }

    public func append(to page: inout Gemtext) {
        page.preformatted(self.text, alt: self.alt, colours: self.colours)
    }
}
