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
