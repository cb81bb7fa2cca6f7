extension RequestLine {
    /// The line that asks for a URL; its fragment stays behind (GP-046).
    ///
    ///     try RequestLine(GeminiURL("gemini://ex.org/a b#top")).text   // "gemini://ex.org/a%20b"
    ///
    /// With a Titan request the scheme becomes `titan`, since a resource has the same path under both (TI-24), and a
    /// semicolon in the path is escaped (TI-09).
    ///
    /// - Throws: ``RequestLineError/tooLong`` above 1024 bytes (GP-041), ``RequestLineError/titan(_:)`` for a `titan`
    ///   URL without a Titan request, ``RequestLineError/nulInPath``.
    public init(_ url: GeminiURL, titan: TitanRequest? = nil) throws(RequestLineError) {
        var text = url.withoutFragment.description
        if let titan {
            let path = url.path.utf8.contains(URIByte.semicolon) ? Self.escapingSemicolons(url.path) : url.path
            let titanURL = GeminiURL(
                scheme: "titan",
                host: url.host,
                port: url.port,
                path: path + titan.description,
                query: url.query,
                fragment: nil
            )
            text = titanURL.description
        }
        let bytes = Array(text.utf8)
        try self.init(parsing: bytes.span)
    }

    /// The bytes that go over the wire, CRLF included.
    public var bytes: [UInt8] {
        var bytes: [UInt8] = []
        bytes.reserveCapacity(self.text.utf8.count + 2)
        bytes.append(contentsOf: self.text.utf8)
        bytes.append(URIByte.carriageReturn)
        bytes.append(URIByte.lineFeed)
        return bytes
    }

    private static func escapingSemicolons(_ path: String) -> String {
        var escaped: [UInt8] = []
        for byte in path.utf8 {
            if byte == URIByte.semicolon {
                escaped.appendPercentEscape(byte)
            } else {
                escaped.append(byte)
            }
        }
        return String(decoding: escaped, as: UTF8.self)
    }
}
