public import GeminiServer

/// Titan: what visitors can put on a capsule, edit and take away.
extension Routes {
    /// Takes uploads to a path (TI-01). The rules are checked first, and the handler is called before any of the body has
    /// been read (TI-12): it may refuse too, and reads the body when it wants it.
    ///
    /// Answer with a redirect to the page over Gemini, which all clients understand (TI-18), or with a note:
    ///
    /// ```swift
    /// routes.page("/wiki/{name}") { (context, name: String) in ... }
    /// routes.upload("/wiki/{name}", accepting: .text(upTo: 65_536)) { (context, upload, name: String) in
    ///     try await wiki.store(name, try await upload.text())
    ///     return .redirect(to: context.geminiURL)
    /// }
    /// ```
    ///
    /// An upload of no bytes asks to delete (TI-19), which is refused unless there is a route for it
    /// (``delete(_:accepting:fileID:line:_:)``).
    @discardableResult
    public func upload<each Parameter: PathParameter>(
        _ path: Path<repeat each Parameter>,
        accepting rules: UploadRules = UploadRules(),
        fileID: String = #fileID,
        line: Int = #line,
        _ handler: @escaping @Sendable (Context, Upload, repeat each Parameter) async throws -> Response
    ) -> Path<repeat each Parameter> {
        self.add(path, for: [.upload], at: SourcePlace(fileID: fileID, line: line)) {
            (context: Context, values: repeat each Parameter) in
            guard let upload = context.core.request.upload?.limited(to: rules.maximumSize) else {
                return .failure(.badRequest)
            }
            try rules.check(context)
            return try await handler(context, upload, repeat each values)
        }
    }

    /// Answers for a path with the text that a visitor is to edit, which is then uploaded to the same path (TI-30, TI-31).
    ///
    /// Answer with what is stored, with nothing around it, and with a bare media type (TI-35). Whoever may not upload
    /// should not see it (TI-34): give the same certificate rule.
    @discardableResult
    public func edit<each Parameter: PathParameter>(
        _ path: Path<repeat each Parameter>,
        requiresCertificate: Bool = false,
        fileID: String = #fileID,
        line: Int = #line,
        _ handler: @escaping @Sendable (Context, repeat each Parameter) async throws -> Response
    ) -> Path<repeat each Parameter> {
        self.add(path, for: [.edit], at: SourcePlace(fileID: fileID, line: line)) {
            (context: Context, values: repeat each Parameter) in
            if requiresCertificate { try context.requireCertificate() }
            return try await handler(context, repeat each values)
        }
    }

    /// Removes what is at a path, when a visitor uploads nothing to it (TI-19).
    ///
    /// Some clients send an upload of nothing by mistake: ask for a token or a certificate, and keep what was there.
    @discardableResult
    public func delete<each Parameter: PathParameter>(
        _ path: Path<repeat each Parameter>,
        accepting rules: UploadRules = UploadRules(),
        fileID: String = #fileID,
        line: Int = #line,
        _ handler: @escaping @Sendable (Context, repeat each Parameter) async throws -> Response
    ) -> Path<repeat each Parameter> {
        self.add(path, for: [.delete], at: SourcePlace(fileID: fileID, line: line)) {
            (context: Context, values: repeat each Parameter) in
            try rules.check(context)
            return try await handler(context, repeat each values)
        }
    }
}
