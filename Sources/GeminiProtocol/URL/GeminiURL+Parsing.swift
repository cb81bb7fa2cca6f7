extension GeminiURL {
    init(_ bytes: Span<UInt8>, leniency: URILeniency) throws(URIError) {
        if let offset = bytes.firstInvalidUTF8Offset() {
            throw .invalidUTF8(offset: offset)
        }
        self = try Self.parse(bytes, URISplit(bytes), leniency: leniency).url
    }

    /// What is known of a URL that was parsed and not of its normal form.
    struct Parsed {
        let url: GeminiURL

        /// The port as written, the default one included.
        let explicitPort: UInt16?

        let climbsAboveRoot: Bool
        let containsNUL: Bool
    }

    /// Checks and normalises the components of bytes that are UTF-8.
    static func parse(_ bytes: Span<UInt8>, _ split: URISplit, leniency: URILeniency) throws(URIError) -> Parsed {
        guard let scheme = split.scheme else {
            throw .missingScheme
        }
        guard let authority = split.authority else {
            throw .missingHost
        }
        guard authority.userinfo == nil else {
            throw .userinfo
        }
        let port = try authority.portNumber(bytes)
        guard !authority.host.isEmpty else {
            throw .missingHost
        }
        let host = try Host(url: bytes, authority.host)
        let path = try URIPath(normalizing: bytes, split.path, leniency: leniency)
        let component = URIComponent(allowed: .query, leniency: leniency, isNormalizing: true)
        let lowercaseScheme = Self.lowercaseScheme(bytes, scheme)
        let url = GeminiURL(
            scheme: lowercaseScheme,
            host: host,
            port: port == Self.defaultPort(forScheme: lowercaseScheme) ? nil : port,
            path: path.text,
            query: try component.text(bytes, split.query),
            fragment: try component.text(bytes, split.fragment)
        )
        return Parsed(
            url: url,
            explicitPort: port,
            climbsAboveRoot: path.climbsAboveRoot,
            containsNUL: path.containsNUL
        )
    }

    private static func lowercaseScheme(_ bytes: Span<UInt8>, _ range: Range<Int>) -> String {
        for offset in range where URIByte.isUppercase(bytes[offset]) {
            return String(decoding: range.map { URIByte.lowercased(bytes[$0]) }, as: UTF8.self)
        }
        return bytes.uriText(range)
    }
}
