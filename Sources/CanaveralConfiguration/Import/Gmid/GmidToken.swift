/// A word of gmid.conf and the line it is on.
struct GmidToken: Equatable, Sendable {
    enum Kind: Equatable, Sendable {
        /// A bare word: a keyword or a string.
        case word(String)
        /// In quotes.
        case quoted(String)
        /// `$name`: the macro's value, as a string.
        case value(String)
        /// `@name`: the macro's text, in place.
        case expansion(String)
        case symbol(Character)
        /// Ends what is on a line.
        case newline
    }

    var kind: Kind
    var place: SourcePlace

    /// As an error message names it.
    var text: String {
        switch kind {
        case .word(let word): "'\(word)'"
        case .quoted(let string): "\"\(string)\""
        case .value(let name): "$\(name)"
        case .expansion(let name): "@\(name)"
        case .symbol(let character): "'\(character)'"
        case .newline: "the end of the line"
        }
    }
}
