public import GeminiProtocol

extension Feed {
    /// Reads a gemtext page as the companion specification "Subscribing to Gemini pages" says (SB-01 to SB-08).
    ///
    /// - The title is the first `#` line, the subtitle a `##` line after it that nothing but headings and empty lines
    ///   comes before.
    /// - An entry is a link whose label begins with a date, `YYYY-MM-DD`, that exists; other links are no entries. Of
    ///   several links to one URL the first is one.
    /// - An entry's time is noon UTC of its date, and its title the label without what stands before the first white
    ///   space, and without a dash or a colon after it.
    /// - The feed's time is that of its newest entry, or else when it was fetched.
    ///
    /// - Parameters:
    ///   - page: the page, in UTF-8.
    ///   - url: where it was fetched, behind all redirects; links are relative to it.
    ///   - fetched: when.
    public init(subscriptionPage page: [UInt8], at url: GeminiURL, fetched: Timestamp) throws(FeedError) {
        guard page.count <= Self.maximumSize else { throw .tooLarge(page.count) }
        self.init(subscriptionPage: GemtextDocument(parsing: page.span), at: url, fetched: fetched)
    }

    /// Reads a page that was parsed already.
    public init(subscriptionPage page: GemtextDocument, at url: GeminiURL, fetched: Timestamp) {
        let url = url.withoutFragment
        self.init(id: url.description, link: url.reference, updated: fetched)
        var mayHaveSubtitle = false
        var seen: Set<String> = []
        for line in page.lines {
            switch line {
            case .heading(level: 1, let text) where self.title == nil:
                self.title = text.asOneLine.unlessEmpty
                mayHaveSubtitle = self.title != nil
            case .heading(level: 2, let text) where mayHaveSubtitle:
                self.subtitle = text.asOneLine.unlessEmpty
                mayHaveSubtitle = self.subtitle == nil
            case .heading:
                break
            case .text(let text) where text.asOneLine.isEmpty:
                break
            case .link(let target, let label?):
                mayHaveSubtitle = false
                if self.entries.count < Self.maximumEntries,
                    let entry = FeedEntry(target: target, label: label, at: url), seen.insert(entry.id).inserted
                {
                    self.entries.append(entry)
                }
            default:
                mayHaveSubtitle = false
            }
        }
        self.updated = self.entries.map(\.updated).max() ?? fetched
    }
}

extension FeedEntry {
    private static let dateLength = 10
    private static let separators: Set<Character> = ["-", "–", "—", "−", ":", "|", "·"]

    /// The title behind a date: with a dash where readers would take its beginning for one, or find nothing (SB-07, SB-09).
    var labelTitle: String {
        let title = self.title.asOneLine
        guard let first = title.first else { return "-" }
        return Self.separators.contains(first) && (title.dropFirst().first ?? " ") == " " ? "- \(title)" : title
    }

    /// Reads a link line; `nil` when its label does not begin with a date or its target is no URI (SB-04).
    fileprivate init?(target: String, label: String, at page: GeminiURL) {
        let bytes = label.utf8.prefix(Self.dateLength)
        guard bytes.count == Self.dateLength, bytes.allSatisfy({ $0 == 0x2D || (0x30...0x39).contains($0) }),
            let date = Timestamp(iso8601: String(decoding: bytes, as: UTF8.self)),
            let link = try? URIReference(lenient: target).resolved(against: page.reference).normalized()
        else { return nil }
        // SB-07: without its first component, and without a separator that stands alone.
        let rest = label.drop { !$0.isWhitespace }
        var title = String(rest).asOneLine
        if let first = title.first, Self.separators.contains(first), title.dropFirst().first == " " {
            title = String(title.dropFirst(2))
        } else if title.count == 1, let first = title.first, Self.separators.contains(first) {
            title = ""
        }
        self.init(id: link.description, link: link, title: title, updated: date + .seconds(12 * 3600))
    }
}
