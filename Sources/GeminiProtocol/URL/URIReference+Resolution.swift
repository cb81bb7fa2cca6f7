extension URIReference {
    /// The URI that this reference means on a page (RFC 3986 §5.2).
    ///
    /// Dot segments above the root vanish, the base's query is not carried over (GP-132), and the base's fragment
    /// never is. The base has to be absolute to give an absolute result.
    ///
    ///     let base = try URIReference("gemini://h/a/b?q")
    ///     try URIReference("?x").resolved(against: base).description   // "gemini://h/a/b?x"
    public func resolved(against base: URIReference) -> URIReference {
        if self.scheme != nil {
            return URIReference(
                scheme: self.scheme,
                authority: self.authority,
                path: URIPath.removingDotSegments(self.path),
                query: self.query,
                fragment: self.fragment
            )
        }
        if self.authority != nil {
            return URIReference(
                scheme: base.scheme,
                authority: self.authority,
                path: URIPath.removingDotSegments(self.path),
                query: self.query,
                fragment: self.fragment
            )
        }
        let path: String
        if self.path.isEmpty {
            path = base.path
        } else if self.path.utf8.first == URIByte.slash {
            path = URIPath.removingDotSegments(self.path)
        } else {
            path = URIPath.removingDotSegments(self.merged(with: base))
        }
        return URIReference(
            scheme: base.scheme,
            authority: base.authority,
            path: path,
            query: self.path.isEmpty ? self.query ?? base.query : self.query,
            fragment: self.fragment
        )
    }

    /// The reference in the form in which equal URIs are equal texts (RFC 3986 §6.2.2 and §6.2.3).
    ///
    /// The scheme becomes lower-case, unreserved escapes are decoded and the others written in capitals, dot segments
    /// of rooted paths are resolved, an empty path after an authority becomes `/`, and `:1965` is dropped for
    /// `gemini` and `titan`. Relative paths keep their dot segments, which are their meaning.
    public func normalized() -> URIReference {
        let scheme = self.scheme.map { String(decoding: $0.utf8.map(URIByte.lowercased), as: UTF8.self) }
        var path = Self.normalizedEscapes(self.path)
        if path.utf8.first == URIByte.slash {
            path = URIPath.removingDotSegments(path)
        } else if path.isEmpty, self.authority != nil {
            path = "/"
        }
        let authority = self.authority.map { authority in
            let isDefaultPort = authority.port != nil && authority.port == GeminiURL.defaultPort(forScheme: scheme)
            return Authority(
                userinfo: authority.userinfo.map(Self.normalizedEscapes),
                host: authority.host,
                port: isDefaultPort ? nil : authority.port
            )
        }
        return URIReference(
            scheme: scheme,
            authority: authority,
            path: path,
            query: self.query.map(Self.normalizedEscapes),
            fragment: self.fragment.map(Self.normalizedEscapes)
        )
    }

    /// RFC 3986 §5.2.3.
    private func merged(with base: URIReference) -> String {
        if base.authority != nil, base.path.isEmpty {
            return "/" + self.path
        }
        guard let slash = base.path.utf8.lastIndex(of: URIByte.slash) else {
            return self.path
        }
        return base.path[...slash] + self.path
    }

    private static func normalizedEscapes(_ component: String) -> String {
        guard component.utf8.contains(URIByte.percent) else {
            return component
        }
        var normalized: [UInt8] = []
        var rest = Array(component.utf8)[...]
        while let byte = rest.popFirst() {
            guard
                byte == URIByte.percent,
                rest.count >= 2,
                let high = URIByte.hexValue(rest[rest.startIndex]),
                let low = URIByte.hexValue(rest[rest.startIndex + 1])
            else {
                normalized.append(byte)
                continue
            }
            rest.removeFirst(2)
            let value = high << 4 | low
            if URICharacterSet.unreserved.contains(value) {
                normalized.append(value)
            } else {
                normalized.appendPercentEscape(value)
            }
        }
        return String(decoding: normalized, as: UTF8.self)
    }
}
