extension GeminiURL {
    /// The URL as a reference.
    public var reference: URIReference {
        URIReference(
            scheme: self.scheme,
            authority: URIReference.Authority(userinfo: nil, host: self.host, port: self.port),
            path: self.path,
            query: self.query,
            fragment: self.fragment
        )
    }

    /// The path and the query as a reference for pages of the same host: the target of a redirect (GP-133, GP-143).
    ///
    /// A path that begins with two slashes is written so that it stays a path: as it stands it would name a host.
    ///
    ///     try GeminiURL("gemini://h/d?q").replacing(path: "/d/").absolutePathReference   // "/d/?q"
    ///     try GeminiURL("gemini://h//evil.example/").absolutePathReference               // "/.//evil.example/"
    public var absolutePathReference: String {
        URIReference(scheme: nil, authority: nil, path: self.path, query: self.query, fragment: nil).description
    }

    /// The URL that a link on this page or a redirect from it means (GP-131).
    ///
    ///     let page = try GeminiURL("gemini://h/a/b?q")
    ///     try page.resolving(URIReference("../c")).description   // "gemini://h/c"
    ///
    /// - Throws: ``URIError/missingHost`` or ``URIError/userinfo`` for what is no ``GeminiURL``, such as `mailto:`.
    public func resolving(_ reference: URIReference) throws(URIError) -> GeminiURL {
        try GeminiURL(reference.resolved(against: self.reference))
    }

    /// The URL that the text of a link or a redirect means, read by the letter of RFC 3986.
    public func resolving(_ reference: String) throws(URIError) -> GeminiURL {
        try self.resolving(URIReference(reference))
    }

    /// The URL without its fragment, as it goes into a request (GP-046).
    public var withoutFragment: GeminiURL {
        guard self.fragment != nil else {
            return self
        }
        return self.with(path: self.path, query: self.query, fragment: nil)
    }

    /// The same resource over Gemini, for a `titan` URL (TI-24); any other URL stays as it is.
    package var overGemini: GeminiURL {
        guard self.scheme == "titan" else {
            return self
        }
        return GeminiURL(
            scheme: "gemini",
            host: self.host,
            port: self.port,
            path: self.path,
            query: self.query,
            fragment: self.fragment
        )
    }

    /// The URL with another path, which is given encoded and gets normalised.
    public func replacing(path: String) throws(URIError) -> GeminiURL {
        let rooted = path.utf8.first == URIByte.slash ? path : "/" + path
        let bytes = Array(rooted.utf8)
        let normalized = try URIPath(normalizing: bytes.span, 0..<bytes.count, leniency: .strict)
        return self.with(path: normalized.text, query: self.query, fragment: self.fragment)
    }

    /// The URL with another query, which is given encoded; nil removes it.
    public func replacing(query: String?) throws(URIError) -> GeminiURL {
        guard let query else {
            return self.with(path: self.path, query: nil, fragment: self.fragment)
        }
        let bytes = Array(query.utf8)
        let component = URIComponent(allowed: .query, leniency: .strict, isNormalizing: true)
        let text = try component.text(bytes.span, 0..<bytes.count)
        return self.with(path: self.path, query: text, fragment: self.fragment)
    }

    /// The URL that answers a prompt: the input takes the place of the query and the fragment goes (GP-101..107).
    ///
    ///     try GeminiURL("gemini://h/search?old").answering(with: "a b+c").description
    ///     // "gemini://h/search?a%20b%2Bc"
    public func answering(with input: String) -> GeminiURL {
        self.with(path: self.path, query: PercentEncoding.encode(query: input), fragment: nil)
    }

    /// The decoded query, nil when there is none. A `+` is a plus (GP-030, GP-062).
    ///
    /// - Throws: ``PercentEncodingError/invalidUTF8`` for escapes that are not text.
    public func decodedQuery() throws(PercentEncodingError) -> String? {
        guard let query = self.query else {
            return nil
        }
        return try PercentEncoding.decode(query)
    }

    /// The segments of the path, each to be decoded by itself (GP-060).
    public var segments: PathSegments {
        PathSegments(self.path)
    }

    private func with(path: String, query: String?, fragment: String?) -> GeminiURL {
        GeminiURL(
            scheme: self.scheme,
            host: self.host,
            port: self.port,
            path: path,
            query: query,
            fragment: fragment
        )
    }
}
