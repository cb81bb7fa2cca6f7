public import GeminiProtocol

extension Page {
    /// The text of a page whose type is `text/*`, without a byte order mark (GP-112, GP-113, GP-119).
    ///
    /// UTF-8 unless the type names another character set. What is not of the set becomes U+FFFD.
    ///
    /// - Throws: ``PageTextError``; ``body`` has the bytes then.
    public var text: String {
        get throws(PageTextError) {
            try self.charset.decode(self.body)
        }
    }

    /// The lines of a page of gemtext.
    ///
    /// - Throws: ``PageTextError``, of another type of page ``PageTextError/notGemtext(_:)``.
    public var document: GemtextDocument {
        get throws(PageTextError) {
            guard self.mediaType.isGemtext else { throw .notGemtext(self.mediaType) }
            let charset = try self.charset
            return charset == .utf8
                ? GemtextDocument(parsing: self.body.span)
                : GemtextDocument(parsing: charset.decode(self.body))
        }
    }

    /// The links of a page of gemtext in their order, resolved against where the page came from.
    ///
    /// - Throws: as ``document`` does.
    public var links: [PageLink] {
        get throws(PageTextError) {
            let base = self.url
            return try self.document.links.map { PageLink($0, on: base) }
        }
    }

    private var charset: Charset {
        get throws(PageTextError) { try Charset(of: self.mediaType) }
    }
}
