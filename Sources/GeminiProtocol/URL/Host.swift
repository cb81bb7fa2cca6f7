/// A host as URLs name it: a domain name, an IPv4 or an IPv6 address.
///
/// A name is kept in one form: lower case, with every label that is not ASCII as its A-label (RFC 5890). Two spellings
/// of a host are therefore equal (GP-027, GP-028), and what is stored can go into SNI and a DNS query as it is.
///
///     try Host("Café.Localhost") == Host("xn--caf-dma.localhost")   // true
///     try Host("[::1]").description                                  // "[::1]"
///
/// Names are letters, digits, `-` and `_` in labels of 1 to 63 bytes that neither begin nor end with `-`, 253 bytes
/// in all, with one dot allowed at the end. RFC 3986 lets a registered name hold more (`!`, `$`, `%00`); none of it
/// can be resolved, so it is refused. So is a name whose last label is a number, such as `127.1` or `0x7f.0.0.1`:
/// resolvers take it for an address, each in its own way. An IPv6 address with a zone is refused because a zone means
/// nothing to another machine, and `[v1.…]` (IPvFuture) because no such address has ever been defined.
///
/// An `xn--` label that is not valid Punycode is kept as it stands: it names what it names in DNS, and only
/// ``unicodeDescription`` would have to decode it.
public struct Host: Sendable, Hashable {
    public enum Kind: Sendable, Hashable {
        /// A domain name in lower case with A-labels.
        case name(String)
        case ipv4(IPv4Address)
        case ipv6(IPv6Address)
    }

    public let kind: Kind

    /// Reads a host as a person writes it: IPv6 addresses with or without brackets, names in any case and script.
    /// Percent-escapes are for URLs and not read here.
    public init(_ string: String) throws(HostError) {
        let bytes = Array(string.utf8)
        guard !bytes.contains(URIByte.percent) || bytes.contains(URIByte.colon) else {
            throw .invalidCharacter("%")
        }
        if bytes.contains(URIByte.colon), bytes.first != URIByte.leftBracket {
            guard let address = IPv6Address(bytes.span) else {
                throw .invalidIPv6Address
            }
            self.init(address)
        } else {
            try self.init(parsing: bytes.span, 0..<bytes.count)
        }
    }

    public init(_ address: IPv4Address) {
        self.kind = .ipv4(address)
    }

    public init(_ address: IPv6Address) {
        self.kind = .ipv6(address)
    }

    /// Whether the host is an address, for which clients send no SNI (GP-006).
    public var isIPAddress: Bool {
        switch self.kind {
        case .name: false
        case .ipv4, .ipv6: true
        }
    }

    /// The domain name, nil for an address.
    public var name: String? {
        if case .name(let name) = self.kind { name } else { nil }
    }

    /// The host without a dot at its end, which is how `example.org.` and `example.org` compare equal (GP-031).
    public var withoutTrailingDot: Host {
        guard case .name(let name) = self.kind, name.utf8.last == URIByte.dot else {
            return self
        }
        return Host(unchecked: .name(String(name.dropLast())))
    }

    /// Whether both name the same host; one dot at the end of either is ignored (GP-031).
    public func matches(_ other: Host) -> Bool {
        self == other || self.withoutTrailingDot == other.withoutTrailingDot
    }

    init(unchecked kind: Kind) {
        self.kind = kind
    }
}

extension Host: CustomStringConvertible {
    /// The host as it stands in a URL: an IPv6 address has brackets.
    public var description: String {
        switch self.kind {
        case .name(let name): name
        case .ipv4(let address): address.description
        case .ipv6(let address): "[\(address)]"
        }
    }

    /// The host for a reader's eye: A-labels as the text that they encode, as far as it encodes back to them.
    ///
    /// For display only. Letters of different scripts can look alike, so never compare or trust this form.
    public var unicodeDescription: String {
        switch self.kind {
        case .name(let name): IDNA.unicodeName(name)
        case .ipv4, .ipv6: self.description
        }
    }
}
