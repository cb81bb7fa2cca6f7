/// Why a text is not the URI that was asked for.
///
/// Offsets count bytes from the start of the text.
public enum URIError: Error, Sendable, Hashable {
    /// The bytes at the offset are not UTF-8.
    case invalidUTF8(offset: Int)

    /// A character that RFC 3986 does not allow at this place: a space, a control character, a bracket in a path …
    case invalidCharacter(Unicode.Scalar, offset: Int)

    /// A `%` that two hexadecimal digits do not follow.
    case invalidPercentEscape(offset: Int)

    /// What stands before the first `:` cannot be a scheme (RFC 3986 §3.1).
    case invalidScheme

    /// The host is neither a name nor an address.
    case invalidHost(HostError)

    /// The port is not a decimal number up to 65535.
    case invalidPort

    /// There is no scheme where an absolute URL is needed: `//host/`, `/path`, an empty text.
    case missingScheme

    /// There is no host where one is needed: `gemini:/x`, `gemini:///x`, `mailto:a@example.org`.
    case missingHost

    /// There is userinfo (`user@`, or a mere `@`), which Gemini forbids (GP-021, GP-044).
    case userinfo
}

extension URIError: CustomStringConvertible {
    /// One sentence without control characters, whatever the text held.
    public var description: String {
        switch self {
        case .invalidUTF8(let offset):
            "The URL is not valid UTF-8 at byte \(offset)."
        case .invalidCharacter(let scalar, let offset):
            "The URL holds \(scalar.uriName), which has to be percent-encoded, at byte \(offset)."
        case .invalidPercentEscape(let offset):
            "The URL holds a malformed percent-escape at byte \(offset)."
        case .invalidScheme:
            "The scheme of the URL is malformed."
        case .invalidHost(let error):
            error.description
        case .invalidPort:
            "The port of the URL is not a number from 0 to 65535."
        case .missingScheme:
            "The URL is not absolute: it has no scheme."
        case .missingHost:
            "The URL has no host."
        case .userinfo:
            "The URL holds userinfo, which Gemini does not allow."
        }
    }
}

extension Unicode.Scalar {
    /// A name that can be printed anywhere: the character itself where it is visible ASCII, else `U+` and hex digits.
    var uriName: String {
        switch self.value {
        case 0x20: return "a space"
        case 0x21...0x7E: return "'\(self)'"
        default:
            let digits = String(self.value, radix: 16, uppercase: true)
            return "U+" + String(repeating: "0", count: max(0, 4 - digits.utf8.count)) + digits
        }
    }
}
