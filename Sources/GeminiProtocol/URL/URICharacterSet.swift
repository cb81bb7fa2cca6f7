/// A set of ASCII characters as two words, so that a membership test is a shift and a mask.
///
/// The masks are literals, which lets the compiler place the sets in the binary: nothing is computed at start, and
/// no lazy initialiser is asked for each byte. A test holds each mask against the characters it is said to contain.
struct URICharacterSet: Sendable {
    let low: UInt64
    let high: UInt64

    func contains(_ byte: UInt8) -> Bool {
        switch byte {
        case 0..<64: (self.low >> UInt64(byte)) & 1 == 1
        case 64..<128: (self.high >> UInt64(byte - 64)) & 1 == 1
        default: false
        }
    }
}

extension URICharacterSet {
    /// RFC 3986 §2.3: letters, digits, `-`, `.`, `_`, `~`.
    static let unreserved = URICharacterSet(low: 0x03FF_6000_0000_0000, high: 0x47FF_FFFE_87FF_FFFE)

    /// RFC 3986 §3.3: `pchar` and `/`. As in every set here, `%` is missing: escapes are checked by themselves.
    static let path = URICharacterSet(low: 0x2FFF_FFD2_0000_0000, high: 0x47FF_FFFE_87FF_FFFF)

    /// RFC 3986 §3.4 and §3.5, queries and fragments: `pchar`, `/` and `?`.
    static let query = URICharacterSet(low: 0xAFFF_FFD2_0000_0000, high: 0x47FF_FFFE_87FF_FFFF)

    /// RFC 3986 §3.2.1: unreserved, sub-delimiters and `:`.
    static let userinfo = URICharacterSet(low: 0x2FFF_7FD2_0000_0000, high: 0x47FF_FFFE_87FF_FFFE)

    /// RFC 3986 §3.1, after the first letter: letters, digits, `+`, `-`, `.`.
    static let scheme = URICharacterSet(low: 0x03FF_6800_0000_0000, high: 0x07FF_FFFE_07FF_FFFE)

    /// What a host name is made of: letters, digits, `-`, `_` and the dots between labels.
    static let hostName = URICharacterSet(low: 0x03FF_6000_0000_0000, high: 0x07FF_FFFE_87FF_FFFE)

    /// RFC 3986 §3.3: `pchar`.
    static let pathSegment = URICharacterSet(low: 0x2FFF_7FD2_0000_0000, high: 0x47FF_FFFE_87FF_FFFF)

    /// What ``PercentEncoding`` leaves alone in a path segment: `pchar` without `;`, where Titan's parameters begin.
    static let encodedSegment = URICharacterSet(low: 0x27FF_7FD2_0000_0000, high: 0x47FF_FFFE_87FF_FFFF)

    /// What the parameters of a Titan request may hold as they are: ``path``, spaces and quotation marks (TI-10).
    static let titanParameters = URICharacterSet(low: 0x2FFF_FFD7_0000_0000, high: 0x47FF_FFFE_87FF_FFFF)

    /// What stays as it is in a media type that is sent as a Titan parameter.
    static let titanMediaType = URICharacterSet(low: 0x23FF_ECD2_0000_0000, high: 0x47FF_FFFE_87FF_FFFE)

    /// RFC 2045 §5.1 `token`.
    static let mediaTypeToken = URICharacterSet(low: 0x03FF_6CFA_0000_0000, high: 0x7FFF_FFFF_C7FF_FFFE)
}
