import GeminiProtocol
import GeminiServer

extension Composition {
    /// The draft, with links that do something with it.
    func page(_ title: String, _ draft: Draft, isFull: Bool, at address: ConversationAddress) -> Response {
        func link(_ change: Draft.Change) -> String {
            "\(address.path(draft.step))/\(change.rawValue)/\(draft.revision)"
        }
        var page = Gemtext()
        page.heading(1, title)
        page.blank()
        if draft.lines.isEmpty {
            page.text(self.introduction)
        }
        for line in draft.lines {
            page.quote(line.text)
        }
        page.blank()
        if isFull || draft.lines.count >= self.maximumLines || draft.byteCount >= self.maximumBytes {
            page.text(self.full)
        }
        if draft.lines.count < self.maximumLines, draft.byteCount < self.maximumBytes {
            page.link(link(.add), self.add)
        }
        if !draft.lines.isEmpty {
            page.link(link(.remove), self.remove)
            page.link(link(.done), self.done)
        }
        page.link(link(.discard), self.discard)
        return .gemtext(page)
    }
}
