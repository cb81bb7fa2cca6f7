/// A line of gemtext, by its type.
///
/// Nothing in a line has structure of its own: there is no inline markup, no comment and no escape character (GT-75).
public enum GemtextLine: Sendable, Hashable {
    /// A line without a prefix, as it was written; an empty one is vertical space (GT-10, GT-13, GT-14).
    case text(String)

    /// A link (GT-20).
    ///
    /// The target is as it was written: absolute or relative, of any scheme, and perhaps not a URI at all (GT-24). The
    /// label is `nil` when there is none, and never empty (GT-21).
    case link(target: String, label: String?)

    /// A heading of level 1, 2 or 3, without the whitespace before its text; the text may be empty (GT-40 to GT-42).
    case heading(level: Int, text: String)

    /// An item of a list, without the asterisk and its space (GT-50).
    case listItem(String)

    /// A line of a quotation (GT-60).
    case quote(GemtextQuote)

    /// The start of preformatted lines, with what stands behind the backticks, as it was written: a description of what
    /// follows or the name of a language. `nil` when there is nothing (GT-30, GT-32).
    case preformattedStart(alt: String?)

    /// A line between the start and the end of preformatted lines, whitespace untouched (GT-34, GT-36).
    case preformatted(String)

    /// The end of preformatted lines; what stands behind the backticks means nothing (GT-33). There is none when the
    /// document ends before (GT-04).
    case preformattedEnd
}

/// A line of a quotation, without its prefix.
public struct GemtextQuote: Sendable, Hashable {
    /// Everything behind the `>`, as it was written.
    public let raw: String

    /// Takes what stands behind the `>`.
    public init(raw: String) {
        self.raw = raw
    }

    /// The line without the one space that most authors put behind the `>` (GT-60).
    public var text: String {
        self.raw.utf8.first == UInt8(ascii: " ") ? String(self.raw.utf8.dropFirst()) ?? self.raw : self.raw
    }
}
