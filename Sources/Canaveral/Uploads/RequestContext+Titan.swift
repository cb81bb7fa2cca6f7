public import GeminiProtocol

extension RequestContext {
    /// The requested page over Gemini, without a query: where an upload to it leads, so that the visitor sees what became
    /// of it (TI-18).
    public var geminiURL: URIReference {
        let url = self.url.overGemini.withoutFragment
        return ((try? url.replacing(query: nil)) ?? url).reference
    }

    /// A reference as a Gemini URL of this host, where an upload leads: by itself the reference would lead on to `titan`,
    /// and clients would ask for another upload (TI-18).
    public func geminiURL(of reference: URIReference) -> URIReference {
        (try? self.url.overGemini.resolving(reference))?.reference ?? reference
    }
}
