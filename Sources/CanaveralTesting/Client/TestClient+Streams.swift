extension TestClient {
    /// Reads a page as it comes. When the closure returns or throws, the visitor leaves, whether or not the page is whole.
    ///
    /// ```swift
    /// try await client.stream("/chat") { page in
    ///     for try await line in page.lines {
    ///         if line == .text("Welcome") { break }
    ///     }
    /// }
    /// ```
    ///
    /// - Parameter read: gets the page when its header has come; a page with any status.
    public func stream<Result>(
        _ address: String,
        input: String? = nil,
        _ read: (TestStream) async throws -> Result
    ) async throws -> Result {
        let url = try self.url(address)
        let asked = input.map { url.withoutFragment.answering(with: $0) } ?? url
        let page = try await self.open(self.line(asked))
        defer { page.inbox.leave() }
        return try await read(TestStream(page: page))
    }
}
