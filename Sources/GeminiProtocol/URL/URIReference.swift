/// A URI reference: what stands behind `=>` in gemtext and behind the status of a redirect (RFC 3986 §4.1).
///
/// It is absolute (`gemini://example.org/a`) or relative to a page (`../b`, `?q`, `//host/`, `#part`), of any scheme.
/// What is absent is nil, which is not the same as empty: `/s` has no query, `/s?` has an empty one (GP-061).
///
///     let page = try URIReference("gemini://example.org/log/1.gmi")
///     try URIReference("../about.gmi").resolved(against: page).description   // "gemini://example.org/about.gmi"
///
/// Components are kept encoded. Text that is not ASCII is taken as its percent-encoded form, and as A-labels in the
/// host (DA-16), so that a reference is always ASCII. What RFC 3986 does not allow (spaces, control characters,
/// `"<>\^{|}` and the backtick, brackets outside an address, a `%` without two hex digits) is an error for
/// ``init(_:)``, as a server needs it (GP-054), and percent-encoded by ``init(lenient:)``, as a client wants it for
/// what people write in links (GP-025). Control characters stay errors there too.
public struct URIReference: Sendable, Hashable {
    /// The authority of a reference: `user@host:port`.
    public struct Authority: Sendable, Hashable {
        /// What stands before the `@`. Gemini forbids it; other schemes use it.
        public let userinfo: String?

        /// Nil when it is empty, as in `file:///etc/hosts`.
        public let host: Host?

        /// Nil when it is absent or empty (`host:`).
        public let port: UInt16?
    }

    /// The scheme as it was written; ``normalized()`` makes it lower-case.
    public let scheme: String?

    public let authority: Authority?

    /// The encoded path, empty when there is none.
    public let path: String

    /// The encoded query without its `?`.
    public let query: String?

    /// The encoded fragment without its `#`.
    public let fragment: String?

    /// Parses a reference by the letter of RFC 3986.
    public init(_ string: String) throws(URIError) {
        let bytes = Array(string.utf8)
        try self.init(bytes.span, leniency: .strict)
    }

    /// Parses a reference, percent-encoding what RFC 3986 does not allow.
    ///
    ///     try URIReference(lenient: "/100% [a b].gmi").path   // "/100%25%20%5Ba%20b%5D.gmi"
    public init(lenient string: String) throws(URIError) {
        let bytes = Array(string.utf8)
        try self.init(bytes.span, leniency: .lenient)
    }

    /// Parses a reference in bytes from outside by the letter of RFC 3986.
    public init(parsing bytes: Span<UInt8>) throws(URIError) {
        try self.init(bytes, leniency: .strict)
    }

    init(_ bytes: Span<UInt8>, leniency: URILeniency) throws(URIError) {
        if let offset = bytes.firstInvalidUTF8Offset() {
            throw .invalidUTF8(offset: offset)
        }
        let split = try URISplit(bytes)
        let path = URIComponent(allowed: .path, leniency: leniency, isNormalizing: false)
        let rest = URIComponent(allowed: .query, leniency: leniency, isNormalizing: false)

        self.scheme = split.scheme.map { bytes.uriText($0) }
        if let authority = split.authority {
            self.authority = try Authority(bytes, authority, leniency: leniency)
        } else {
            self.authority = nil
        }
        self.path = try path.text(bytes, split.path)
        self.query = try rest.text(bytes, split.query)
        self.fragment = try rest.text(bytes, split.fragment)
    }

    /// Puts components together that come out of valid references; the path is guarded where the mixture needs it.
    init(scheme: String?, authority: Authority?, path: String, query: String?, fragment: String?) {
        self.scheme = scheme
        self.authority = authority
        self.path = Self.guarded(path, scheme: scheme, authority: authority)
        self.query = query
        self.fragment = fragment
    }

    /// Keeps a path from being read as something else (RFC 3986 §4.2): `//x` as an authority, `a:b` as a scheme.
    private static func guarded(_ path: String, scheme: String?, authority: Authority?) -> String {
        guard authority == nil else {
            return path
        }
        if path.utf8.starts(with: "//".utf8) {
            return "/." + path
        }
        let firstSegment = path.utf8.prefix { $0 != URIByte.slash }
        return scheme == nil && firstSegment.contains(URIByte.colon) ? "./" + path : path
    }
}

extension URIReference: CustomStringConvertible {
    /// The reference as text. Parsing it gives the same reference again.
    public var description: String {
        var text = ""
        if let scheme = self.scheme {
            text += scheme
            text += ":"
        }
        if let authority = self.authority {
            text += "//"
            text += authority.description
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
