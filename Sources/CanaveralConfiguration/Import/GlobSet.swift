/// A set of characters in a shell's pattern, as in `[a-z]` or `[!/]`.
struct GlobSet: Equatable {
    private let members: [Character]
    private let isNegated: Bool

    /// - Parameter rest: what is behind a `[`, of which everything up to its `]` is taken; nothing where there is none.
    init?(_ rest: inout Substring) {
        var body = rest
        let isNegated = body.first == "!" || body.first == "^"
        if isNegated { body.removeFirst() }
        // A bracket at the beginning is one of the characters.
        guard let end = body.dropFirst().firstIndex(of: "]") else { return nil }
        rest = body[body.index(after: end)...]
        self.members = Array(body[..<end])
        self.isNegated = isNegated
    }

    /// The same as a regular expression.
    var regex: String {
        // A class is for single bytes of a path.
        if !self.isNegated, !self.members.allSatisfy(\.isASCII), !self.members.contains("-") {
            return "(?:\(self.members.map { RegexText.literal(String($0)) }.joined(separator: "|")))"
        }
        let characters = self.members.map { "\\[]^&~".contains($0) ? "\\\($0)" : "\($0)" }.joined()
        return "[\(self.isNegated ? "^" : "")\(characters)]"
    }

    func contains(_ character: Character) -> Bool {
        self.hasMember(character) != self.isNegated
    }

    private func hasMember(_ character: Character) -> Bool {
        var rest = self.members[...]
        while let first = rest.popFirst() {
            if rest.count >= 2, rest.first == "-" {
                let last = rest[rest.startIndex + 1]
                rest = rest.dropFirst(2)
                if first <= last, first...last ~= character { return true }
            } else if first == character {
                return true
            }
        }
        return false
    }
}
