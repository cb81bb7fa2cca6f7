/// Something that a page is built of, in the braces of ``Gemtext/init(_:)``.
///
/// Texts are elements, which make text lines whatever is in them, and so are documents. An application adds its own:
///
/// ```swift
/// struct Byline: GemtextElement {
///     let author: Author
///
///     func append(to page: inout Gemtext) {
///         page.link(to: "/authors/\(author.name)", author.name)
///     }
/// }
/// ```
public protocol GemtextElement {
    /// Appends the lines of the element to a page.
    func append(to page: inout Gemtext)
}

extension String: GemtextElement {
    /// Appends a text line for each line of the text.
    public func append(to page: inout Gemtext) {
        page.text(self)
    }
}

extension Substring: GemtextElement {
    /// Appends a text line for each line of the text.
    public func append(to page: inout Gemtext) {
        page.text(self)
    }
}

extension Gemtext: GemtextElement {
    /// Appends all lines of the document.
    public func append(to page: inout Gemtext) {
        page.append(self)
    }
}
