/// Regular expressions, and texts with `$1` in them, as text.
enum RegexText {
    private static let special = Set("\\^$.|?*+()[]{}")

    /// A regular expression for the text itself.
    static func literal(_ text: String) -> String {
        text.map { self.special.contains($0) ? "\\\($0)" : "\($0)" }.joined()
    }

    /// The text that a regular expression stands for, if it stands for one alone.
    static func text(ofLiteral expression: some StringProtocol) -> String? {
        var text = ""
        var rest = expression[...]
        while let character = rest.popFirst() {
            if character == "\\" {
                guard let next = rest.popFirst(), !next.isLetter, !next.isNumber else { return nil }
                text.append(next)
            } else if self.special.contains(character) {
                return nil
            } else {
                text.append(character)
            }
        }
        return text
    }

    /// A target of a redirect in which nothing stands for a group.
    static func target(_ text: String) -> String {
        text.replacing("$", with: "%24")
    }
}
