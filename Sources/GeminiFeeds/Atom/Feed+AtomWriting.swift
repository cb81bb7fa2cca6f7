public import GeminiProtocol

extension Feed {
    /// The feed in Atom 1.0, in UTF-8, with the newest entry first (RFC 4287).
    ///
    /// Where there is no author, whom Atom asks for, the feed's title stands for one, or its address.
    ///
    /// - Parameter url: where this document is.
    public func atom(at url: GeminiURL? = nil) -> [UInt8] {
        var xml = XMLWriter()
        xml.start("feed", ["xmlns": AtomBuilder.namespace])
        xml.element("id", self.id)
        xml.element("title", self.title ?? "")
        if let subtitle = self.subtitle { xml.element("subtitle", subtitle) }
        xml.element("updated", self.updated.description)
        xml.start("author")
        xml.element("name", self.author ?? self.title ?? self.link.description)
        xml.end("author")
        xml.empty("link", ["href": self.link.description])
        if let url { xml.empty("link", ["href": url.description, "rel": "self", "type": MediaType.atom.description]) }
        var seen: Set<String> = []
        for entry in self.newestFirst where seen.insert(entry.id).inserted {
            xml.start("entry")
            xml.element("id", entry.id)
            xml.element("title", entry.title)
            xml.element("updated", entry.updated.description)
            xml.empty("link", ["href": entry.link.description])
            if let summary = entry.summary { xml.element("summary", summary) }
            xml.end("entry")
        }
        xml.end("feed")
        return xml.bytes
    }
}
