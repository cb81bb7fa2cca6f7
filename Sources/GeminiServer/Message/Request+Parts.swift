public import GeminiProtocol

/// What responders ask of a request line most often.
extension Request {
    /// The host in the URL, in normal form.
    public var host: Host {
        self.url.host
    }

    /// The path in normal form, still encoded: `/caf%C3%A9`. Titan parameters are not part of it.
    public var path: String {
        self.url.path
    }

    /// The path as text, for people; `nil` where its escapes encode no UTF-8. To split it, decode each of the URL's
    /// `segments` instead: an escaped slash is no separator (GP-060).
    public var decodedPath: String? {
        try? PercentEncoding.decode(self.url.path)
    }

    /// The query, still encoded and without its `?`; `nil` where there is none, empty for a mere `?` (GP-061).
    public var query: String? {
        self.url.query
    }

    /// Whether the client asks for the editable form of a resource, with Titan's `;edit` (TI-30). It is a request to read
    /// like any other, but whoever may not write should not see it (TI-34).
    public var isEdit: Bool {
        self.line.titan?.isEdit == true
    }

    /// What the user typed: the decoded query, whose line breaks, however they came, are LF. `nil` where there is no query,
    /// empty for a mere `?` (GP-061); a `+` is a plus (GP-062).
    ///
    /// ```swift
    /// guard let name = try request.input() else { return .input("What is your name?") }
    /// ```
    ///
    /// - Throws: ``RequestInputError``, which is answered with 59, for escapes that encode no UTF-8.
    public func input() throws(RequestInputError) -> String? {
        let text: String?
        do {
            text = try self.url.decodedQuery()
        } catch {
            throw RequestInputError(reason: error)
        }
        guard let text, text.utf8.contains(0x0D) else { return text }
        // CRLF is one character of Swift's.
        return String(text.map { $0 == "\r\n" || $0 == "\r" ? "\n" : $0 })
    }
}
