import GeminiProtocol
public import GeminiServer

extension Routes {
    /// Talks with visitors of a path: see ``Conversation``.
    ///
    /// ```swift
    /// routes.conversation("/buy/{item}") { (talk, item: String) in
    ///     let count = try await talk.ask("How many?", as: Int.self)
    ///     guard try await talk.confirm("\(count) of \(item)?") else { return .redirect(to: "/shop") }
    ///     try await talk.once("order") { try await orders.place(item, count) }
    ///     return .redirect(to: "/orders")
    /// }
    /// ```
    ///
    /// The questions are at addresses beneath the path, which other routes may share. The parameters are part of what
    /// tells conversations apart: a visitor may have one for each item.
    ///
    /// - Returns: the path where conversations begin.
    @discardableResult
    public func conversation<each Parameter: PathParameter>(
        _ path: Path<repeat each Parameter>,
        options: ConversationOptions = ConversationOptions(),
        fileID: String = #fileID,
        line: Int = #line,
        _ handler: @escaping @Sendable (Conversation<Context>, repeat each Parameter) async throws -> Response
    ) -> Path<repeat each Parameter> {
        let place = SourcePlace(fileID: fileID, line: line)
        let responder = ConversationResponder<Context>(
            route: path.pattern.prefixed(by: self.prefix).text,
            options: options
        )
        let body: ConversationResponder<Context>.Body = { talk in
            guard let values = Path<repeat each Parameter>.values(talk.context.core.parameters) else {
                return .notFound
            }
            return try await handler(talk, repeat each values)
        }
        let beneath = Path<repeat each Parameter>(PathPattern("/**").prefixed(by: path.pattern))
        _ = self.add(beneath, for: [.page], at: place) { (context: Context, _: repeat each Parameter) in
            try await responder.respond(to: context, rest: context.request.localPath, body)
        }
        return self.add(path, for: [.page], at: place) { (context: Context, _: repeat each Parameter) in
            try await responder.respond(to: context, rest: "", body)
        }
    }
}
