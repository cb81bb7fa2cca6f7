/// Takes the text of a gmid.conf apart: words, strings in quotes, macros, symbols and ends of lines.
///
/// A comment goes from `#` to the end of its line; a backslash before the end of a line joins it to the next.
struct GmidLexer {
    private var rest: Substring
    private let file: String
    private var line: Int

    /// - Parameter line: the number of the first line.
    init(_ text: String, file: String, line: Int = 1) {
        self.rest = text[...]
        self.file = file
        self.line = line
    }

    static func tokens(of text: String, file: String, line: Int = 1) throws(ImportError) -> [GmidToken] {
        var lexer = GmidLexer(text, file: file, line: line)
        var tokens: [GmidToken] = []
        while let token = try lexer.next() { tokens.append(token) }
        return tokens
    }

    private mutating func next() throws(ImportError) -> GmidToken? {
        self.skipSpace()
        let place = SourcePlace(file: self.file, line: self.line)
        guard let character = self.rest.first else { return nil }
        let kind: GmidToken.Kind
        switch character {
        case _ where character.isNewline:
            self.rest.removeFirst()
            self.line += 1
            kind = .newline
        case "{", "}", "=", ";", ",":
            self.rest.removeFirst()
            kind = .symbol(character)
        case "\"", "'":
            kind = .quoted(try self.quoted(place))
        case "$", "@":
            self.rest.removeFirst()
            let name = self.rest.prefix { $0.isASCII && ($0.isLetter || $0.isNumber || $0 == "_") }
            guard !name.isEmpty else {
                throw .syntax(place, "'\(character)' needs the name of a macro behind it, or quotes around it")
            }
            self.rest = self.rest.dropFirst(name.count)
            kind = character == "$" ? .value(String(name)) : .expansion(String(name))
        default:
            let word = self.rest.prefix { !$0.isWhitespace && !"{}=;,#\"'".contains($0) }
            guard !word.isEmpty else { throw .syntax(place, "'\(character)' is not expected here: put it in quotes") }
            self.rest = self.rest.dropFirst(word.count)
            kind = .word(String(word))
        }
        return GmidToken(kind: kind, place: place)
    }

    private mutating func skipSpace() {
        while let character = self.rest.first {
            if character == "#" {
                self.rest = self.rest.drop { !$0.isNewline }
            } else if character == "\\", self.rest.dropFirst().first?.isNewline == true {
                self.rest.removeFirst(2)
                self.line += 1
            } else if character.isWhitespace, !character.isNewline {
                self.rest.removeFirst()
            } else {
                return
            }
        }
    }

    /// A string, in which a backslash takes the meaning from a quote or space, and ends of lines do not count.
    private mutating func quoted(_ place: SourcePlace) throws(ImportError) -> String {
        let quote = self.rest.removeFirst()
        var string = ""
        while let character = self.rest.popFirst() {
            switch character {
            case quote:
                return string
            case "\\":
                guard let next = self.rest.first else { break }
                if next.isNewline {
                    self.rest.removeFirst()
                    self.line += 1
                } else if next == quote || next == " " || next == "\t" {
                    self.rest.removeFirst()
                    string.append(next)
                } else {
                    string.append(character)
                }
            case _ where character.isNewline:
                self.line += 1
            default:
                string.append(character)
            }
        }
        throw .syntax(place, "the string that begins here does not end: close its quote")
    }
}
