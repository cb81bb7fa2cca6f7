import GeminiProtocol

/// Where a redirect leads to: a URI reference with places for what the pattern found.
struct RedirectTarget: Sendable {
    private enum Piece: Sendable {
        case text(String)
        case group(Int)
    }

    private let pieces: [Piece]
    let text: String

    /// - Parameter text: with `$0` to `$9` for what was found, and `$$` for a dollar sign.
    init(_ text: String) throws(RedirectError) {
        var pieces: [Piece] = []
        var plain = ""
        var characters = text[...]
        while let character = characters.popFirst() {
            guard character == "$", let next = characters.first else {
                plain.append(character)
                continue
            }
            characters.removeFirst()
            if let number = next.wholeNumberValue, next.isASCII {
                pieces += [.text(plain), .group(number)]
                plain = ""
            } else if next == "$" {
                plain.append("$")
            } else {
                plain += ["$", next]
            }
        }
        self.pieces = pieces + [.text(plain)]
        self.text = text
        guard self.reference([String](repeating: "x", count: 10)) != nil else { throw .target(text) }
    }

    /// The largest number of a group that it names.
    var lastGroup: Int {
        self.pieces.reduce(0) { if case .group(let number) = $1 { max($0, number) } else { $0 } }
    }

    /// - Parameter groups: encoded, as they stood in the request's path.
    func reference(_ groups: [some StringProtocol]) -> URIReference? {
        var text = ""
        for piece in self.pieces {
            switch piece {
            case .text(let plain): text += plain
            case .group(let number): text += number < groups.count ? String(groups[number]) : ""
            }
        }
        // Two slashes at the start would name a host, which a visitor must not choose.
        if text.hasPrefix("//"), !self.text.hasPrefix("//") { text = "/." + text }
        guard let reference = try? URIReference(text), !text.isEmpty else { return nil }
        return reference
    }
}
