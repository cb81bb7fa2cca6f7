import Canaveral

/// A page of HTML as gemtext: its title, headings, paragraphs, lists, quotes and preformatted text. The links of each are
/// behind it, and what is nothing but a link becomes one.
struct HTMLPage {
    private(set) var gemtext = Gemtext()

    private enum Block: Equatable {
        case paragraph, item, title, preformatted
        case heading(Int)
    }

    private static let blocks: Set<String> = [
        "address", "article", "aside", "blockquote", "body", "button", "dd", "div", "dl", "dt", "fieldset",
        "figcaption",
        "figure", "footer", "form", "header", "hr", "main", "nav", "ol", "option", "p", "section", "table", "tr", "ul",
    ]
    private static let headings = ["h1": 1, "h2": 2, "h3": 3, "h4": 3, "h5": 3, "h6": 3]
    private static let unopenable: Set<String> = ["blob", "data", "javascript", "vbscript"]
    /// What `<br>` is until its block ends.
    private static let lineBreak: Character = "\u{2028}"

    private var base: URIReference
    private var block = Block.paragraph
    private var text = ""
    private var quotes = 0
    private var links: [(target: URIReference, label: String)] = []
    private var anchor: (target: URIReference, offset: Int)?
    /// Whether the last line belongs to what a line of the same kind follows without a gap.
    private var last: Block?

    /// - Parameter url: where the page was, which its links start from.
    init(_ html: String, at url: URIReference) {
        self.base = url
        for token in HTMLTokens(html) {
            switch token {
            case .text(let text): self.append(text)
            case .start(let name, let attributes): self.open(name, attributes)
            case .end(let name): self.close(name)
            }
        }
        self.flush()
    }

    private mutating func append(_ text: String) {
        guard self.block != .preformatted else {
            self.text += text
            return
        }
        for character in text {
            if !character.isWhitespace {
                self.text.append(character)
            } else if let end = self.text.last, end != " ", end != Self.lineBreak {
                self.text.append(" ")
            }
        }
    }

    private mutating func open(_ name: String, _ attributes: [String: String]) {
        switch name {
        case "title": self.begin(.title)
        case "pre": self.begin(.preformatted)
        case "li": self.begin(.item)
        case "br": self.text.append(self.block == .preformatted ? "\n" : Self.lineBreak)
        case "td", "th": self.append(" ")
        case "base":
            if let target = attributes["href"].flatMap(self.target) { self.base = target }
        case "img":
            guard let target = attributes["src"].flatMap(self.target) else { return }
            self.links.append((target, attributes["alt"].flatMap { $0.isEmpty ? nil : $0 } ?? "Image"))
        case "a":
            self.endAnchor()
            self.anchor = attributes["href"].flatMap(self.target).map { ($0, self.text.utf8.count) }
        default:
            if let level = Self.headings[name] {
                self.begin(.heading(level))
            } else if Self.blocks.contains(name), self.block != .preformatted {
                // A paragraph in an item of a list is the item.
                self.begin(self.block == .item && self.text.isEmpty && name == "p" ? .item : .paragraph)
            }
            if name == "blockquote" { self.quotes += 1 }
        }
    }

    private mutating func close(_ name: String) {
        switch name {
        case "a": self.endAnchor()
        case "title", "pre", "li": self.begin(.paragraph)
        default:
            guard Self.blocks.contains(name) || Self.headings[name] != nil, self.block != .preformatted else { return }
            self.begin(.paragraph)
            if name == "blockquote" { self.quotes = max(0, self.quotes - 1) }
        }
    }

    private mutating func endAnchor() {
        guard let (target, offset) = self.anchor else { return }
        self.anchor = nil
        let label = String(self.text.utf8.dropFirst(offset)) ?? ""
        self.links.append((target, label.split(whereSeparator: \.isWhitespace).joined(separator: " ")))
    }

    /// Where a link leads that can be opened outside of this page.
    private func target(of reference: String) -> URIReference? {
        let reference = String(reference.drop(while: \.isWhitespace))
        guard !reference.hasPrefix("#"),
            let target = try? URIReference(lenient: reference).resolved(against: self.base),
            !Self.unopenable.contains(target.scheme?.lowercased() ?? "")
        else { return nil }
        return target
    }

    private mutating func begin(_ block: Block) {
        self.flush()
        self.block = block
    }

    /// Writes the block that ends here.
    private mutating func flush() {
        self.endAnchor()
        defer {
            self.text = ""
            self.links = []
        }
        let lines = self.text.split(separator: Self.lineBreak).map { $0.split(separator: " ").joined(separator: " ") }
        let text = lines.joined(separator: "\n")
        let isOnlyLink = self.links.count == 1 && self.links[0].label == text
        if self.block == .preformatted {
            guard !self.text.allSatisfy(\.isWhitespace) else { return }
            self.separate(from: .preformatted)
            self.gemtext.preformatted(self.text.hasPrefix("\n") ? String(self.text.dropFirst()) : self.text)
        } else if !text.isEmpty, !isOnlyLink {
            self.separate(from: self.block)
            switch self.block {
            case .title: self.gemtext.heading(1, text)
            case .heading(let level): self.gemtext.heading(level, text)
            case .item: self.gemtext.listItem(text)
            default:
                if self.quotes > 0 { self.gemtext.quote(text) } else { self.gemtext.text(text) }
            }
        } else if isOnlyLink {
            self.separate(from: .item)
        }
        for link in self.links { self.gemtext.link(to: Link.Target(link.target), link.label) }
    }

    /// Puts a blank line before all but the items of a list, and links by themselves, behind each other.
    private mutating func separate(from block: Block) {
        if self.last != nil, block != .item || self.last != .item { self.gemtext.blank() }
        self.last = block
    }
}
