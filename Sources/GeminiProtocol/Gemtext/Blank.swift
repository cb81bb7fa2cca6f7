/// An empty line of a page that is built.
public struct Blank: GemtextElement, Sendable, Hashable {
    public init() {}

    public func append(to page: inout Gemtext) {
        page.blank()
    }
}
