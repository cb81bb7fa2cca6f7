/// A whole gemtext document.
///
/// ```swift
/// let document = GemtextDocument(parsing: body.span)
/// print(document.title ?? "without a title")
/// for link in document.links { print(link.target) }
/// ```
public struct GemtextDocument: Sendable, Hashable {
    /// The lines in their order.
    public let lines: [GemtextLine]

    /// Takes lines.
    public init(lines: [GemtextLine]) {
        self.lines = lines
    }

    /// Reads a document; ``GemtextParser`` says how, and is there for documents that arrive in pieces.
    public init(parsing bytes: Span<UInt8>, options: GemtextParser.Options = .init()) {
        var lines: [GemtextLine] = []
        var parser = GemtextParser(options: options)
        parser.parse(bytes) { lines.append($0) }
        parser.finish { lines.append($0) }
        self.lines = lines
    }

    /// Reads a document.
    public init(parsing text: some StringProtocol, options: GemtextParser.Options = .init()) {
        self.init(parsing: Array(text.utf8).span, options: options)
    }

    /// The text of the first level-1 heading, else of the first heading of any level (GT-43), without whitespace at its
    /// end; `nil` when no heading has a text.
    public var title: String? {
        var title: String?
        for case .heading(let level, let text) in self.lines {
            let text = text.trimmingTrailingWhitespace
            guard !text.isEmpty else { continue }
            if level == 1 {
                return text
            }
            title = title ?? text
        }
        return title
    }

    /// The links in their order.
    public var links: [Link] {
        self.lines.compactMap { line in
            guard case .link(let target, let label) = line else { return nil }
            return Link(target: target, label: label)
        }
    }

    /// A link of a document.
    public struct Link: Sendable, Hashable {
        /// Where it leads, as it was written.
        public let target: String
        /// What it is called; `nil` when it has no name but its target.
        public let label: String?
    }
}

extension String {
    fileprivate var trimmingTrailingWhitespace: String {
        guard let last = self.unicodeScalars.lastIndex(where: { !$0.properties.isWhitespace }) else { return "" }
        return String(self.unicodeScalars[...last])
    }
}
