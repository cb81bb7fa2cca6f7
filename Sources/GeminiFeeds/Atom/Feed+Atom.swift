public import GeminiProtocol

#if canImport(FoundationXML)
import Foundation
import FoundationXML
#else
import Foundation
#endif

extension Feed {
    /// Reads an Atom feed (RFC 4287).
    ///
    /// - An entry's link is its `alternate` one, a `gemini` one before others; entries without any are left out. `xml:base`
    ///   counts.
    /// - Titles are text: markup in them is dropped. Of entries with one id the first counts.
    /// - An entry without a readable `updated` has the time of its `published`, else the feed's, else when it was
    ///   fetched.
    ///
    /// Nothing is fetched, and no entities are expanded: a document type declaration is an error.
    ///
    /// - Parameters:
    ///   - document: the feed.
    ///   - url: where it was fetched, behind all redirects; links are relative to it.
    ///   - fetched: when.
    public init(atom document: [UInt8], at url: GeminiURL, fetched: Timestamp) throws(FeedError) {
        guard document.count <= Self.maximumSize else { throw .tooLarge(document.count) }
        try XMLProlog(document).check()
        let reader = AtomReader(AtomBuilder(base: url.withoutFragment.reference))
        let parser = XMLParser(data: Data(document))
        parser.shouldProcessNamespaces = true
        parser.shouldResolveExternalEntities = false
        parser.delegate = reader
        let isWellFormed = parser.parse()
        if let error = reader.builder.error { throw error }
        // Where a document breaks off, Foundation on Linux finds it well-formed; the builder does not.
        guard isWellFormed, let feed = reader.builder.feed(fetched: fetched) else {
            throw .malformed(line: max(1, parser.lineNumber))
        }
        self = feed
    }
}

/// Hands what Foundation's parser reads on to the builder, and stops the parser when that has had enough.
private final class AtomReader: NSObject, XMLParserDelegate {
    var builder: AtomBuilder

    init(_ builder: AtomBuilder) {
        self.builder = builder
    }

    func parser(
        _ parser: XMLParser,
        didStartElement name: String,
        namespaceURI: String?,
        qualifiedName: String?,
        attributes: [String: String]
    ) {
        self.perform(self.builder.start(name, namespace: namespaceURI ?? "", attributes: attributes), parser)
    }

    func parser(
        _ parser: XMLParser,
        didEndElement name: String,
        namespaceURI: String?,
        qualifiedName: String?
    ) {
        self.builder.end()
    }

    func parser(_ parser: XMLParser, foundCharacters text: String) {
        self.builder.text(text)
    }

    func parser(_ parser: XMLParser, foundCDATA block: Data) {
        self.builder.text(String(decoding: block, as: UTF8.self))
    }

    private func perform(_ action: AtomBuilder.Action, _ parser: XMLParser) {
        switch action {
        case .proceed: break
        case .stop: parser.abortParsing()
        }
    }
}
