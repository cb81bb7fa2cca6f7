public import GeminiProtocol

extension Feed {
    /// The most bytes of a document that is read.
    public static let maximumSize = 8 << 20

    /// The most entries that are read, the first of a document: each keeps a whole URL, of which a document can have many
    /// more than it has bytes for.
    public static let maximumEntries = 10_000

    /// Reads a document by its media type: `text/gemini` as a subscription page, `application/atom+xml` and the two
    /// general types of XML as Atom.
    ///
    /// - Parameters:
    ///   - body: the document.
    ///   - type: what the server said it is.
    ///   - url: where it was fetched, behind all redirects; links are relative to it.
    ///   - fetched: when.
    public init(
        parsing body: [UInt8],
        type: MediaType,
        at url: GeminiURL,
        fetched: Timestamp
    ) throws(FeedError) {
        switch type.essence {
        case "text/gemini":
            try self.init(subscriptionPage: body, at: url, fetched: fetched)
        case "application/atom+xml", "application/xml", "text/xml":
            try self.init(atom: body, at: url, fetched: fetched)
        default:
            throw .unknownType(type.essence)
        }
    }
}

extension String {
    /// The text as one line: what is white space or a control character becomes one space, and none at the ends.
    var asOneLine: String {
        var line = String.UnicodeScalarView()
        var hasGap = false
        for scalar in self.unicodeScalars {
            if scalar.properties.isWhitespace || scalar.properties.generalCategory == .control {
                hasGap = !line.isEmpty
                continue
            }
            if hasGap {
                line.append(" ")
                hasGap = false
            }
            line.append(scalar)
        }
        return String(line)
    }

    /// The text, or `nil` when there is none.
    var unlessEmpty: String? {
        self.isEmpty ? nil : self
    }
}
