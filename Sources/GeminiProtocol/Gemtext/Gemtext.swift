/// A gemtext document in the making, in which text stays text.
///
/// Whatever a visitor wrote can be put into any of its lines: it becomes no line of another type, starts no line that
/// was not asked for, and ends no preformatted block. Reading the document back gives exactly the lines that were asked
/// for (GT-73), in lines that end with LF, the last one too, without control characters but TAB, and without a byte
/// order mark at the start (GT-74, GP-116, GP-118).
///
/// There are three ways to write one, which can be put into each other. As a literal, in which what the author writes is
/// markup, and no value can be:
///
/// ```swift
/// let page: Gemtext = """
///     # Guestbook of \(host.name)
///     > \(lines: entry.message)
///     => /profile/\(entry.name) \(entry.name)
///     """
/// ```
///
/// In braces, of elements:
///
/// ```swift
/// let page = Gemtext {
///     Heading("Guestbook")
///     for entry in entries {
///         Quote(entry.message)
///         Link(to: "/profile/\(entry.name)", entry.name)
///     }
/// }
/// ```
///
/// And line by line:
///
/// ```swift
/// var page = Gemtext()
/// page.heading(1, "Guestbook")
/// page.blank()
/// for entry in entries {
///     page.text(entry.message)
///     page.link(to: "/profile/\(entry.name)", entry.name)
/// }
/// return .gemtext(page)
/// ```
///
/// ## What is changed
///
/// Everywhere, line breaks are those of Unicode (CR LF, LF, VT, FF, CR, NEL, LINE SEPARATOR, PARAGRAPH SEPARATOR), since
/// some clients split at all of them, and every control character but TAB becomes U+FFFD. Only of the control characters
/// that an author writes into a literal, such as the ESC of coloured art, those stay that are no line breaks.
///
/// A text line that would be of another type, or would be to a client that ignores whitespace before it, gets a zero-width
/// space (U+200B) right before the characters that make the type. A space would do for the specification, but it shows,
/// and there are clients that trim their lines: to those it would not be there. U+200B is no whitespace to Unicode and is
/// left alone. A preformatted line that would end its block is treated the same way (GT-37).
public struct Gemtext: Sendable, Hashable {
    /// The document as it goes over the wire, in UTF-8.
    public internal(set) var bytes: [UInt8] = []

    /// Makes an empty document.
    public init() {}

    /// Whether nothing was appended yet.
    public var isEmpty: Bool {
        self.bytes.isEmpty
    }

    /// Appends all lines of another document.
    public mutating func append(_ other: Gemtext) {
        self.bytes += other.bytes
    }
}

extension Gemtext: CustomStringConvertible {
    /// The document as text.
    public var description: String {
        String(decoding: self.bytes, as: UTF8.self)
    }
}
