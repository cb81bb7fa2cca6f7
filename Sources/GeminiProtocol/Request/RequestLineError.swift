/// Why a line is not a request: each is answered with 59.
///
/// Offsets count bytes from the start of the line.
public enum RequestLineError: Error, Sendable, Hashable {
    /// The URL is longer than 1024 bytes (GP-042), or no CRLF came in time for it to be shorter (GP-043).
    case tooLong

    /// There is nothing before the CRLF (DG-24).
    case empty

    /// The line begins with U+FEFF (GP-050).
    case byteOrderMark

    /// The bytes at the offset are not UTF-8 (GP-049).
    case invalidUTF8(offset: Int)

    /// There is no scheme: `//host/`, `/path` (GP-048, DA-21).
    case missingScheme

    /// What stands before the first `:` cannot be a scheme.
    case invalidScheme

    /// There is no host: `gemini:/x`, `gemini:///x` (GP-020).
    case missingHost

    /// The host is neither a name nor an address.
    case invalidHost(HostError)

    /// The port is not a number from 0 to 65535.
    case invalidPort

    /// There is an `@` in the authority (GP-044, DA-04).
    case userinfo

    /// There is a `#` (GP-045, DA-03).
    case fragment

    /// A space, a control character or another that RFC 3986 does not allow (GP-054).
    case invalidCharacter(Unicode.Scalar, offset: Int)

    /// A `%` that two hexadecimal digits do not follow (GP-054).
    case invalidPercentEscape(offset: Int)

    /// The path holds `%00` (GP-060).
    case nulInPath

    /// The line is a `titan` request whose parameters are wrong.
    case titan(TitanError)
}

extension RequestLineError {
    init(_ error: URIError) {
        self =
            switch error {
            case .invalidUTF8(let offset): .invalidUTF8(offset: offset)
            case .invalidCharacter(let scalar, let offset): .invalidCharacter(scalar, offset: offset)
            case .invalidPercentEscape(let offset): .invalidPercentEscape(offset: offset)
            case .invalidScheme: .invalidScheme
            case .invalidHost(let error): .invalidHost(error)
            case .invalidPort: .invalidPort
            case .missingScheme: .missingScheme
            case .missingHost: .missingHost
            case .userinfo: .userinfo
            }
    }
}

extension RequestLineError: CustomStringConvertible {
    /// One sentence that can be the text of a 59: short, and without control characters whatever the line held.
    public var description: String {
        switch self {
        case .tooLong: "The URL is longer than \(RequestLine.maximumLength) bytes."
        case .empty: "The request is empty."
        case .byteOrderMark: "The request begins with a byte order mark."
        case .invalidUTF8(let offset): URIError.invalidUTF8(offset: offset).description
        case .missingScheme: URIError.missingScheme.description
        case .invalidScheme: URIError.invalidScheme.description
        case .missingHost: URIError.missingHost.description
        case .invalidHost(let error): error.description
        case .invalidPort: URIError.invalidPort.description
        case .userinfo: URIError.userinfo.description
        case .fragment: "The URL holds a fragment, which a request does not carry."
        case .invalidCharacter(let scalar, let offset):
            URIError.invalidCharacter(scalar, offset: offset).description
        case .invalidPercentEscape(let offset): URIError.invalidPercentEscape(offset: offset).description
        case .nulInPath: "The path of the URL holds an encoded NUL."
        case .titan(let error): error.description
        }
    }
}
