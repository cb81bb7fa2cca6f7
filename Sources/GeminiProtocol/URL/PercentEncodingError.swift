/// Why a percent-encoded text could not be decoded.
public enum PercentEncodingError: Error, Sendable, Hashable {
    /// A `%` that two hexadecimal digits do not follow, at a byte offset.
    case malformedEscape(offset: Int)

    /// The decoded bytes are not UTF-8.
    case invalidUTF8
}

extension PercentEncodingError: CustomStringConvertible {
    public var description: String {
        switch self {
        case .malformedEscape(let offset): "There is a malformed percent-escape at byte \(offset)."
        case .invalidUTF8: "The percent-escapes do not encode valid UTF-8."
        }
    }
}
