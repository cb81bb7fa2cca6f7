/// The text of a response header after the status: a prompt, a media type, an address or a message.
///
/// A meta cannot hold what would break out of its line or change how a terminal shows it: no control character at all
/// (GP-075). It is one to 1024 bytes of UTF-8 (GP-073, GP-076) and begins neither with a space (GP-072) nor with a
/// byte order mark (GP-071). Only in a header that a client received may it be longer, as far as the client allows.
///
/// ```swift
/// let prompt: Meta = "Your name?"
/// let message = Meta(sanitizing: error.reason) ?? "Something went wrong"
/// let target = try Meta(location)
/// ```
public struct Meta: Sendable, Hashable {
    /// The most bytes that a meta has, which is the limit of the older specification and of clients (GP-076, DA-05).
    public static let maximumLength = 1024

    /// The text.
    public let text: String

    /// Takes the text as it is, or says why it cannot be a meta.
    public init(_ text: some StringProtocol) throws(MetaError) {
        guard let first = text.unicodeScalars.first else { throw .empty }
        guard first != " " else { throw .leadingSpace }
        guard first != .byteOrderMark else { throw .byteOrderMark }
        guard !text.unicodeScalars.contains(where: \.isControlCharacter) else { throw .controlCharacter }
        guard text.utf8.count <= Self.maximumLength else { throw .tooLong(text.utf8.count) }
        self.text = String(text)
    }

    /// Takes a text that is known to keep the rules, but for the length: a client may have been told to accept more.
    init(unchecked text: String) {
        self.text = text
    }
}

extension Meta: CustomStringConvertible {
    /// The text.
    public var description: String {
        self.text
    }
}

extension Meta: ExpressibleByStringLiteral {
    /// Takes a literal in source code; one that breaks the rules is a programming error and stops the program.
    ///
    /// There is no interpolation on purpose: text that is only known at run time goes through ``init(_:)`` or
    /// ``init(sanitizing:)``.
    public init(stringLiteral value: StaticString) {
        do throws(MetaError) {
            self = try Meta(value.description)
        } catch {
            preconditionFailure("\"\(value)\" is not a meta. \(error)")
        }
    }
}
