public import GeminiProtocol

extension RequestContext {
    /// A reference as a Gemini URL of this host: where an upload redirects to, for a reference alone would lead back to
    /// `titan` (TI-18).
    public func geminiURL(of reference: URIReference) -> URIReference {
        let base = self.url.reference
        guard let resolved = try? self.url.resolving(reference), resolved.scheme == "titan",
            let authority = base.authority, let host = authority.host
        else { return reference }
        let port = authority.port.map { ":\($0)" } ?? ""
        let query = resolved.query.map { "?\($0)" } ?? ""
        return (try? URIReference("gemini://\(host)\(port)\(resolved.path)\(query)")) ?? reference
    }

    /// The page at the requested path, over Gemini.
    public var page: URIReference {
        let path = (try? URIReference(self.path)) ?? self.url.reference
        return self.geminiURL(of: path)
    }
}
