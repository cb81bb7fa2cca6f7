import GeminiProtocol

/// Lays gemtext out for a terminal, line by line, so that a page can be read while the rest of it is on its way.
///
/// Text is wrapped (GT-12); preformatted lines are not (GT-35). Nothing of the page reaches the terminal as anything but
/// text: what would move its cursor or change its title is made visible.
struct GemtextRenderer {
    /// The columns of the terminal.
    let width: Int
    /// Whether to use colour and bold type.
    let isStyled: Bool
    /// Makes what a link leads to, from what the page says.
    let resolve: (String) -> String

    /// The widest text that is pleasant to read.
    static let comfortableWidth = 80

    /// The lines of the terminal that show one line of gemtext.
    func render(_ line: GemtextLine) -> [String] {
        switch line {
        case .text(let text):
            self.wrap(text)
        case .heading(let level, let text):
            self.wrap(
                text,
                prefix: String(repeating: "#", count: level) + " ",
                style: level == 3 ? [.bold] : [.bold, .cyan]
            )
        case .listItem(let text):
            self.wrap(text, prefix: "• ")
        case .quote(let quote):
            self.wrap(quote.text, prefix: "│ ", hanging: "│ ", style: [.dim])
        case .link(let target, let label):
            self.link(target, label)
        case .preformatted(let text):
            [Terminal.readable(text)]
        case .preformattedStart, .preformattedEnd:
            []
        }
    }

    private func link(_ target: String, _ label: String?) -> [String] {
        let target = Terminal.harmless(self.resolve(target))
        guard let label else { return [self.styled("=> ", [.dim]) + self.styled(target, [.cyan])] }
        let lines = self.wrap(label, prefix: "=> ", hanging: "   ", style: [.cyan])
        return lines + ["   " + self.styled(target, [.dim])]
    }

    private func wrap(
        _ text: String,
        prefix: String = "",
        hanging: String? = nil,
        style: [Terminal.Style] = []
    ) -> [String] {
        let room = min(self.width, Self.comfortableWidth) - prefix.columns
        let hanging = hanging ?? String(repeating: " ", count: prefix.columns)
        let pieces = wrapped(Terminal.readable(text).replacing("\t", with: " "), to: room)
        return pieces.enumerated().map { index, piece in self.styled((index == 0 ? prefix : hanging) + piece, style) }
    }

    private func styled(_ text: String, _ styles: [Terminal.Style]) -> String {
        guard self.isStyled, !styles.isEmpty, !text.isEmpty else { return text }
        return "\u{1B}[\(styles.map(\.rawValue).joined(separator: ";"))m\(text)\u{1B}[0m"
    }
}
