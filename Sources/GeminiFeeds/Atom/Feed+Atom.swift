public import GeminiProtocol

extension Feed {
    /// Reads an Atom feed (RFC 4287).
    ///
    /// - An entry's link is its `alternate` one, a `gemini` one before others; entries without any are left out. `xml:base`
    ///   counts.
    /// - Titles are text: markup in them is dropped. Of entries with one id the first counts.
    /// - An entry without a readable `updated` has the time of its `published`, else the feed's, else when it was
    ///   fetched.
    ///
    /// Nothing is fetched, and a document type declaration is an error: no entities are expanded but the five that every
    /// document has.
    ///
    /// - Parameters:
    ///   - document: the feed, in UTF-8 or ISO-8859-1.
    ///   - url: where it was fetched, behind all redirects; links are relative to it.
    ///   - fetched: when.
    public init(atom document: [UInt8], at url: GeminiURL, fetched: Timestamp) throws(FeedError) {
        guard document.count <= Self.maximumSize else { throw .tooLarge(document.count) }
        var reader = XMLReader(try XMLEncoding.utf8(of: document))
        var builder = AtomBuilder(base: url.withoutFragment.reference)
        while let event = try reader.next() {
            switch event {
            case .start(let element): try builder.start(element)
            case .text(let text): builder.text(text)
            case .end: builder.end()
            }
        }
        self = builder.feed(fetched: fetched)
    }
}
