public import GeminiProtocol

extension GemtextWriter {
    /// Sends what the braces make: elements and texts, with conditions and loops among them.
    ///
    /// ```swift
    /// try await page.write {
    ///     Heading("Orbit \(number)", level: 2)
    ///     for event in events {
    ///         Quote(event.summary)
    ///     }
    /// }
    /// ```
    ///
    /// - Throws: what the braces throw, and as ``write(_:)``.
    public func write(@GemtextBuilder _ content: () throws -> Gemtext) async throws {
        try await self.write(Gemtext(content))
    }
}
