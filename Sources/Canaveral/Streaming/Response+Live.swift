public import GeminiProtocol
public import GeminiServer

extension Response {
    /// A page to which every message of a broadcast is added while somebody reads it.
    ///
    /// ```swift
    /// .live(scores, opening: "# The match") { score in "* \(score.home) : \(score.away)" }
    /// ```
    ///
    /// - Parameters:
    ///   - name: what the others know the reader by.
    ///   - opening: the top of the page.
    ///   - render: a message as lines.
    public static func live<Message>(
        _ broadcast: Broadcast<Message>,
        as name: String = "",
        opening: Gemtext = Gemtext(),
        _ render: @escaping @Sendable (Message) -> Gemtext
    ) -> Response {
        .stream { page in
            try await page.write(opening)
            try await broadcast.join(as: name) { messages in
                for await message in messages {
                    try await page.write(render(message))
                }
                // The messages end where their reader has left, too.
                try Task.checkCancellation()
            }
        }
    }

    /// A page to which every line that is broadcast is added while somebody reads it.
    public static func live(
        _ broadcast: Broadcast<Gemtext>,
        as name: String = "",
        opening: Gemtext = Gemtext()
    ) -> Response {
        .live(broadcast, as: name, opening: opening) { $0 }
    }
}
