/// Why a document is no feed. Each description is one sentence.
public enum FeedError: Error, Sendable, Hashable {
    /// More than ``Feed/maximumSize`` bytes.
    case tooLarge(Int)
    /// A media type that feeds do not have.
    case unknownType(String)
    /// Not well-formed XML from this line on.
    case malformed(line: Int)
    /// XML of something else; its first element.
    case notAtom(String)
    /// A document type declaration, which Atom does not need and by which documents grow without end.
    case documentType
    /// Another encoding than UTF-8, US-ASCII or ISO-8859-1.
    case unsupportedEncoding(String)
    /// Elements within elements beyond any feed.
    case tooDeep
}

extension FeedError: CustomStringConvertible {
    public var description: String {
        switch self {
        case .tooLarge(let size):
            "The feed has \(size) bytes, more than the \(Feed.maximumSize) that are read: ask its owner for a shorter one."
        case .unknownType(let type):
            "A document of the type \(Self.shown(type)) is no feed: give the address of a gemtext page or an Atom feed."
        case .malformed(let line):
            "The feed is no well-formed XML from line \(line) on: tell its owner."
        case .notAtom(let name):
            "The document is XML of another kind (its first element is '\(Self.shown(name))'): give the address of an Atom feed."
        case .documentType:
            "The feed has a document type declaration, which is not read: tell its owner to leave it out."
        case .unsupportedEncoding(let name):
            "The feed is in \(Self.shown(name)), which is not read: tell its owner to use UTF-8."
        case .tooDeep:
            "The feed has elements within elements beyond any feed: tell its owner."
        }
    }

    /// What comes from the document could break a line or a terminal.
    private static func shown(_ text: String) -> String {
        let printable = text.unicodeScalars.filter { (0x20...0x7E).contains($0.value) }.prefix(40)
        return printable.isEmpty ? "?" : String(String.UnicodeScalarView(printable))
    }
}
