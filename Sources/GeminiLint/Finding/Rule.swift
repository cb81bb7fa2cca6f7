/// What a page is checked for. The raw value is the rule's name on the command line and in reports.
public enum Rule: String, Sendable, CaseIterable {
    /// A link leads to nothing.
    case deadLink = "dead-link"
    /// A link leads to a file whose name differs in the case of its letters.
    case wrongCase = "wrong-case"
    /// A link leads to a name that begins with a dot, which is not served (DA-24).
    case hiddenTarget = "hidden-target"
    /// A link climbs above the root of the capsule (GP-059).
    case outsideRoot = "outside-root"
    /// A space ends the address of a link before its time (GT-25).
    case spaceInURL = "space-in-url"
    /// A relative link reads as one with a scheme (GT-26).
    case schemeLikeName = "scheme-like-name"
    /// What stands in a link is no address.
    case invalidURL = "invalid-url"
    /// The address holds characters that have to be percent-encoded (GT-25).
    case unencodedURL = "unencoded-url"
    /// The address holds a user name (GP-021).
    case userinfo = "userinfo"
    /// The address is longer than a request may be (GP-041).
    case longURL = "long-url"
    /// A link line has no address (GT-23).
    case emptyLink = "empty-link"
    /// The scheme of the address is not a common one.
    case unknownScheme = "unknown-scheme"
    /// A link leads to a redirect.
    case redirect = "redirect"
    /// The server of a link could not answer for now.
    case temporaryFailure = "temporary-failure"
    /// The server of a link could not be reached.
    case unreachable = "unreachable"
    /// A robots.txt asks programs to stay away, so that the link was not followed (RB-02).
    case robots = "robots"
    /// The page is not UTF-8 (GP-113).
    case invalidUTF8 = "invalid-utf8"
    /// The page begins with a byte order mark (GP-118).
    case byteOrderMark = "byte-order-mark"
    /// A character ends a line for some readers and not for others (DG-09).
    case strayLineBreak = "stray-line-break"
    /// A control character, which a terminal may obey (GT-74).
    case controlCharacter = "control-character"
    /// The last line has no end (GT-74).
    case unendedLine = "unended-line"
    /// A heading leaves out a level.
    case headingJump = "heading-jump"
    /// Preformatted lines go on to the end of the page (GT-04).
    case unclosedPreformat = "unclosed-preformat"
    /// Preformatted lines have no text for those who do not see them (GT-32).
    case missingAltText = "missing-alt-text"
    /// Two entries of a subscription page have one address, and so are one to a reader (SB-05).
    case repeatedEntry = "repeated-entry"
    /// The entries of a subscription page are not newest first (SB-09).
    case entryOrder = "entry-order"

    /// How bad it is.
    public var level: Level {
        switch self {
        case .deadLink, .wrongCase, .hiddenTarget, .outsideRoot, .spaceInURL, .schemeLikeName, .invalidURL,
            .unencodedURL, .userinfo, .longURL, .invalidUTF8:
            .error
        case .emptyLink, .temporaryFailure, .unreachable, .byteOrderMark, .strayLineBreak, .controlCharacter,
            .headingJump, .unclosedPreformat, .missingAltText, .repeatedEntry, .entryOrder:
            .warning
        case .unknownScheme, .redirect, .robots, .unendedLine:
            .note
        }
    }
}
