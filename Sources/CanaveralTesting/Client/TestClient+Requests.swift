public import GeminiProtocol

extension TestClient {
    /// Asks for a page.
    ///
    /// - Parameters:
    ///   - address: a path on the capsule's first host, or the URL of any host.
    ///   - input: what the visitor types: the query, percent-encoded as clients do.
    /// - Throws: ``TestError`` where no page comes; a page with any status is none.
    public func get(_ address: String, input: String? = nil) async throws -> TestPage {
        try await self.get(self.url(address), input: input)
    }

    /// Asks for a page that a route's path links to: `client.get(Paths.entries(3))`.
    public func get(_ reference: URIReference, input: String? = nil) async throws -> TestPage {
        try await self.get(self.url(reference.description), input: input)
    }

    /// Asks for a page.
    public func get(_ url: GeminiURL, input: String? = nil) async throws -> TestPage {
        let url = input.map { url.withoutFragment.answering(with: $0) } ?? url
        return try await self.followed(self.open(self.line(url)).collect())
    }

    /// Answers the question of a page with status 10 or 11.
    ///
    /// - Throws: ``TestError/noQuestion(_:)`` of a page that asks none.
    public func answer(_ page: TestPage, with text: String) async throws -> TestPage {
        guard page.status.group == .input else { throw TestError.noQuestion(page) }
        return try await self.get(page.url, input: text)
    }

    /// Goes where a page redirects to, one step unless the client follows by itself.
    ///
    /// - Throws: ``TestError/noRedirect(_:)`` of a page that redirects nowhere.
    public func follow(_ page: TestPage) async throws -> TestPage {
        guard let target = page.redirect else { throw TestError.noRedirect(page) }
        var next = try await self.get(target)
        next.redirects = page.redirects + [page.url] + next.redirects
        return next
    }

    /// Opens a link of a page, by its label or by its target as it is written.
    ///
    /// - Throws: ``TestError/noLink(label:_:)``.
    public func open(link label: String, of page: TestPage) async throws -> TestPage {
        guard let url = page.links.first(where: { $0.label == label || $0.target == label })?.url else {
            throw TestError.noLink(label: label, page)
        }
        return try await self.get(url)
    }

    /// Sends a request line as it is, whatever is wrong with it. CRLF is added where none is in it.
    public func send(_ line: String) async throws -> TestPage {
        let text = line.utf8.contains(UInt8(ascii: "\n")) ? line : line + "\r\n"
        return try await self.send(Array(text.utf8))
    }

    /// Sends bytes as they are.
    ///
    /// The client's hello names the host of the URL that they begin with, or else the capsule's first host.
    public func send(_ bytes: [UInt8]) async throws -> TestPage {
        let line = bytes.prefix { $0 != UInt8(ascii: "\r") && $0 != UInt8(ascii: "\n") }
        let url = try? GeminiURL(String(decoding: line, as: UTF8.self))
        return try await self.open(bytes, for: url ?? self.home).collect()
    }

    /// Follows the redirects that the client follows by itself.
    private func followed(_ page: TestPage) async throws -> TestPage {
        var page = page
        guard self.redirectLimit > 0 else { return page }
        while let target = page.redirect {
            guard page.redirects.count < self.redirectLimit else {
                throw TestError.tooManyRedirects(limit: self.redirectLimit, page)
            }
            var next = try await self.open(self.line(target)).collect()
            next.redirects = page.redirects + [page.url]
            page = next
        }
        return page
    }
}
