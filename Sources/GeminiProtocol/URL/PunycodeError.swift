/// Why a text could not be encoded to or decoded from Punycode.
public enum PunycodeError: Error, Sendable, Hashable {
    /// A character that is not a Punycode digit, or not ASCII.
    case invalidCharacter

    /// The text ends inside a number.
    case truncated

    /// A number leaves 32 bits.
    case overflow

    /// A number that is not a Unicode scalar value.
    case invalidScalar
}

extension PunycodeError: CustomStringConvertible {
    public var description: String {
        switch self {
        case .invalidCharacter: "The Punycode text holds a character that is not a digit of it."
        case .truncated: "The Punycode text ends too early."
        case .overflow: "The Punycode text encodes a number that is too large."
        case .invalidScalar: "The Punycode text encodes something that is not a character."
        }
    }
}
