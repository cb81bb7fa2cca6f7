/// Why the parameters of a Titan request are wrong: each is answered with 59.
public enum TitanError: Error, Sendable, Hashable {
    /// There is no `;` in the path (TI-36).
    case missingParameters

    /// There is neither `size` nor `edit` (TI-03).
    case missingSize

    /// The size is not a decimal number of bytes, or is too large to count (TI-03).
    case invalidSize

    /// The media type is not of the form `type/subtype`, or holds what cannot be printed.
    case invalidMediaType

    /// The token has a malformed percent-escape, or is not UTF-8 when decoded.
    case invalidToken

    /// There is a parameter other than `size`, `mime`, `token` and `edit` (TI-07).
    case unknownParameter

    /// A parameter stands there twice (TI-07).
    case duplicateParameter

    /// There is another parameter beside `edit` (TI-33).
    case editWithParameters
}

extension TitanError: CustomStringConvertible {
    /// One sentence that can be the text of a 59.
    public var description: String {
        switch self {
        case .missingParameters: "The Titan request has no parameters."
        case .missingSize: "The Titan request has no size."
        case .invalidSize: "The size of the Titan request is not a number of bytes."
        case .invalidMediaType: "The media type of the Titan request is malformed."
        case .invalidToken: "The token of the Titan request is not percent-encoded text."
        case .unknownParameter: "The Titan request has an unknown parameter."
        case .duplicateParameter: "The Titan request has a parameter twice."
        case .editWithParameters: "The Titan request asks to edit and has other parameters."
        }
    }
}
