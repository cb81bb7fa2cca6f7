/// An absolute URL with a host, in its normal form: what a server routes and a client fetches.
///
/// The scheme may be any, because a server has to answer 53 to `http://example.org/` and not 59 (GP-057). Userinfo is
/// refused whatever the scheme (GP-021, GP-044).
///
///     let url = try GeminiURL("GEMINI://Ex.Org:1965/a/./b/../%63%20d?q")
///     url.description          // "gemini://ex.org/a/c%20d?q"
///     url.host.description     // "ex.org"
///     url.effectivePort        // 1965
///
/// Normal form (GP-025, GP-026, RFC 3986 §6.2.2): scheme and host in lower case, text that is not ASCII
/// percent-encoded, unreserved escapes decoded and the others in capitals, dot segments resolved, `/` for an empty
/// path, no `:1965` for `gemini` and `titan`. Two spellings of one URL are therefore equal. ``RequestLine`` keeps what
/// a client wrote.
public struct GeminiURL: Sendable, Hashable {
    /// The port of `gemini` and `titan` URLs that name none (GP-001, TI-01).
    public static let defaultPort: UInt16 = 1965

    /// The scheme in lower case.
    public let scheme: String

    public let host: Host

    /// The port that the URL names, nil for none and for the default one of the scheme.
    public let port: UInt16?

    /// The encoded path. It begins with a slash.
    public let path: String

    /// The encoded query without its `?`; nil when there is none, empty for a mere `?` (GP-061).
    public let query: String?

    /// The encoded fragment without its `#`. Clients keep it to themselves (GP-046).
    public let fragment: String?

    /// Parses a URL by the letter of RFC 3986, non-ASCII text excepted (see ``URIReference``).
    public init(_ string: String) throws(URIError) {
        let bytes = Array(string.utf8)
        try self.init(parsing: bytes.span)
    }

    /// Parses a URL, percent-encoding what RFC 3986 does not allow: what a person typed.
    ///
    ///     try GeminiURL(lenient: "gemini://ex.org/c d").path   // "/c%20d"
    public init(lenient string: String) throws(URIError) {
        let bytes = Array(string.utf8)
        try self.init(bytes.span, leniency: .lenient)
    }

    /// Parses a URL in bytes from outside.
    public init(parsing bytes: Span<UInt8>) throws(URIError) {
        try self.init(bytes, leniency: .strict)
    }

    /// Makes a URL of an absolute reference, such as a resolved link.
    ///
    /// - Throws: ``URIError/missingScheme``, ``URIError/missingHost`` or ``URIError/userinfo``.
    public init(_ reference: URIReference) throws(URIError) {
        guard reference.scheme != nil else {
            throw .missingScheme
        }
        guard let host = reference.authority?.host else {
            throw .missingHost
        }
        guard reference.authority?.userinfo == nil else {
            throw .userinfo
        }
        let normalized = reference.normalized()
        self.scheme = normalized.scheme ?? ""
        self.host = host
        self.port = normalized.authority?.port
        self.path = normalized.path
        self.query = normalized.query
        self.fragment = normalized.fragment
    }

    init(scheme: String, host: Host, port: UInt16?, path: String, query: String?, fragment: String?) {
        self.scheme = scheme
        self.host = host
        self.port = port
        self.path = path
        self.query = query
        self.fragment = fragment
    }

    /// The port to connect to: the one that the URL names, else 1965 for `gemini` and `titan`.
    ///
    /// Nil for another scheme without a port, whose default is not this library's to know.
    public var effectivePort: UInt16? {
        self.port ?? Self.defaultPort(forScheme: self.scheme)
    }

    static func defaultPort(forScheme scheme: String?) -> UInt16? {
        scheme == "gemini" || scheme == "titan" ? Self.defaultPort : nil
    }
}

extension GeminiURL: CustomStringConvertible {
    /// The URL as text. Parsing it gives the same URL again.
    public var description: String {
        var text = self.scheme
        text.reserveCapacity(self.scheme.utf8.count + self.path.utf8.count + 64)
        text += "://"
        text += self.host.description
        if let port = self.port {
            text += ":"
            text += String(port)
        }
        text += self.path
        if let query = self.query {
            text += "?"
            text += query
        }
        if let fragment = self.fragment {
            text += "#"
            text += fragment
        }
        return text
    }
}
