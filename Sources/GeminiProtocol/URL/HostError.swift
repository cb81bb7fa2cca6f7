/// Why a text is not a host.
public enum HostError: Error, Sendable, Hashable {
    /// There is nothing at all.
    case empty

    /// Two dots without anything between them, or a dot at the start.
    case emptyLabel

    /// A label is longer than 63 bytes in its encoded form.
    case labelTooLong

    /// The name is longer than 253 bytes in its encoded form.
    case nameTooLong

    /// A label begins or ends with a hyphen.
    case misplacedHyphen

    /// A character that no host name can hold.
    case invalidCharacter(Unicode.Scalar)

    /// A percent-escape that is malformed, or escapes that are not UTF-8 together.
    case invalidPercentEscape

    /// Text with a label that begins with `xn--` and is not ASCII, or whose Punycode form cannot be computed.
    case invalidLabel

    /// A name that ends in a number and yet is no IPv4 address of four decimal parts.
    case invalidIPv4Address

    /// What stands in brackets (or holds a colon) is not an IPv6 address.
    case invalidIPv6Address
}

extension HostError: CustomStringConvertible {
    /// One sentence without control characters, whatever the text held.
    public var description: String {
        switch self {
        case .empty: "The host is empty."
        case .emptyLabel: "The host name has an empty label."
        case .labelTooLong: "The host name has a label of more than 63 bytes."
        case .nameTooLong: "The host name is longer than 253 bytes."
        case .misplacedHyphen: "The host name has a label that begins or ends with a hyphen."
        case .invalidCharacter(let scalar): "The host name holds \(scalar.uriName), which no host name can hold."
        case .invalidPercentEscape: "The host name holds a malformed percent-escape."
        case .invalidLabel: "The host name has an internationalised label that cannot be encoded."
        case .invalidIPv4Address: "The host ends in a number and is not an IPv4 address."
        case .invalidIPv6Address: "The host is not an IPv6 address."
        }
    }
}
