public import GeminiProtocol

/// A whole answer: whatever came, with a body or without.
public struct TestPage: Sendable {
    /// A link of a page of gemtext.
    public struct Link: Sendable, Hashable {
        /// The target as it is written.
        public let target: String
        public let label: String?
        /// Where it leads, if that can be asked for.
        public let url: GeminiURL?
    }

    /// What was asked for; of redirects that were followed, the last one's target. Of a raw request line that has none,
    /// the capsule's front page.
    public let url: GeminiURL

    public let header: ResponseHeader

    /// The body.
    public let bytes: [UInt8]

    /// Whether the response ended before its time, without close_notify (GP-011).
    public let isTruncated: Bool

    /// The URLs that redirected here, the first one first.
    public internal(set) var redirects: [GeminiURL] = []

    public var status: Status {
        self.header.status
    }

    /// The header's text: media type, prompt, target of a redirect or what went wrong. Empty where there is none.
    public var meta: String {
        self.header.meta?.text ?? ""
    }

    /// The type of a page with status 20; `nil` of others, and where the header holds none.
    public var mediaType: MediaType? {
        try? self.header.mediaType()
    }

    /// The body in UTF-8.
    public var text: String {
        String(decoding: self.bytes, as: UTF8.self)
    }

    /// The body's lines, read as gemtext.
    public var lines: [GemtextLine] {
        self.document.lines
    }

    /// The body's links, read as gemtext.
    public var links: [Link] {
        self.document.links.map { link in
            let reference = try? URIReference(lenient: link.target)
            return Link(
                target: link.target,
                label: link.label,
                url: reference.flatMap { try? self.url.resolving($0) }
            )
        }
    }

    /// Where the page redirects to; `nil` of other pages, and of targets that cannot be asked for.
    public var redirect: GeminiURL? {
        guard self.status.group == .redirect else { return nil }
        return try? self.url.resolving(self.meta)
    }

    /// Whether the page has this status. A failed `#expect(page.is(.success))` shows the page.
    public func `is`(_ status: Status) -> Bool {
        self.status == status
    }

    /// Whether the text is in the body. A failed `#expect(page.contains("alice"))` shows the page.
    public func contains(_ text: String) -> Bool {
        self.text.contains(text)
    }

    /// The page itself, if it has this status.
    ///
    /// - Throws: ``TestError/unexpected(_:expected:)``, which shows the page.
    @discardableResult
    public func require(_ status: Status) throws -> TestPage {
        guard self.status == status else { throw TestError.unexpected(self, expected: status) }
        return self
    }

    private var document: GemtextDocument {
        GemtextDocument(parsing: self.bytes.span)
    }
}
