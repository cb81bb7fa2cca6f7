/// Why a text is no ``MediaType``.
public enum MediaTypeError: Error, Sendable, Hashable {
    /// The text is not UTF-8 or holds a control character.
    case invalidText
    /// There is no type before the slash, or it is no token of RFC 2045.
    case invalidType
    /// There is no subtype behind a slash, or it is no token of RFC 2045.
    case invalidSubtype
    /// The name of a parameter is no token of RFC 2045, or its value holds a control character.
    case invalidParameter
    /// The text form has this many bytes, which is more than ``Meta/maximumLength``.
    case tooLong(Int)
}

extension MediaTypeError: CustomStringConvertible {
    /// One sentence.
    public var description: String {
        switch self {
        case .invalidText: "The media type holds bytes that cannot stand in one."
        case .invalidType: "The media type has no valid type before its slash."
        case .invalidSubtype: "The media type has no valid subtype behind its slash."
        case .invalidParameter: "The media type has an invalid parameter."
        case .tooLong(let count): "The media type has \(count) bytes, and \(Meta.maximumLength) is the limit."
        }
    }
}
