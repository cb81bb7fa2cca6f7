import GeminiProtocol

/// Where a redirect leads to: a URI reference with places for what the pattern found.
struct RedirectTarget: Sendable {
    private enum Piece: Sendable {
        case text(String)
        case group(Int)
    }

    private let pieces: [Piece]
    let text: String
    /// What it leads to but for what is found: a visitor chooses neither scheme nor host.
    private let fixed: URIReference

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
        let found = ["x", "y", "/x", ""].map { [String](repeating: $0, count: 10) }
        guard let fixed = Self.reference(self.pieces, found[0]) else { throw .target(text) }
        self.fixed = fixed
        let probes = found.map { Self.reference(self.pieces, $0) }
        guard probes.allSatisfy({ $0.map(self.leadsTheSameWay) ?? true }) else { throw .host(text) }
    }

    private func leadsTheSameWay(as reference: URIReference) -> Bool {
        reference.scheme == self.fixed.scheme && reference.authority == self.fixed.authority
    }

    /// The largest number of a group that it names.
    var lastGroup: Int {
        self.pieces.reduce(0) { if case .group(let number) = $1 { max($0, number) } else { $0 } }
    }

    /// - Parameter groups: encoded, as they stood in the request's path.
    /// - Returns: `nil` where what was found would choose the scheme or the host.
    func reference(_ groups: [some StringProtocol]) -> URIReference? {
        Self.reference(self.pieces, groups).flatMap { self.leadsTheSameWay(as: $0) ? $0 : nil }
    }

    private static func reference(_ pieces: [Piece], _ groups: [some StringProtocol]) -> URIReference? {
        var text = ""
        for piece in pieces {
            switch piece {
            case .text(let plain): text += plain
            case .group(let number): text += number < groups.count ? String(groups[number]) : ""
            }
        }
        // Two slashes at the start would name a host, where it is not the target's own text that has them.
        if text.hasPrefix("//"), case .text(let start)? = pieces.first, !start.hasPrefix("//") { text = "/." + text }
        guard let reference = try? URIReference(text), !text.isEmpty else { return nil }
        return reference
    }
}
