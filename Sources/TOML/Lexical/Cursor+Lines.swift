extension Cursor {
    /// Goes past blanks and a comment to the end of the line, and over it.
    ///
    /// - Parameter what: what came before on the line, for the sentence.
    mutating func endLine(after what: String) throws(TOMLError) {
        self.skipBlanks()
        try self.skipComment()
        guard self.next != nil, !self.takeNewline() else { return }
        if self.next == UInt8(ascii: ";") {
            throw self.error("\(what) ends with its line: take the ';' out.")
        }
        if self.isForeignComment { throw self.error("A comment begins with #, not with \(self.shownNext).") }
        throw self.error("\(what) ends its line: write \(self.shownNext) on a line of its own, or take it out.")
    }

    /// Goes past blanks, comments and the ends of lines.
    mutating func skipLines() throws(TOMLError) {
        repeat {
            self.skipBlanks()
            try self.skipComment()
        } while self.takeNewline()
    }

    /// Whether a comment of another language begins here.
    var isForeignComment: Bool {
        let slash = UInt8(ascii: "/")
        return self.next == UInt8(ascii: ";")
            || self.next == slash && [slash, UInt8(ascii: "*")].contains(self.peek(1))
    }

    private mutating func skipComment() throws(TOMLError) {
        guard self.take("#") else { return }
        self.skip { !$0.isControl }
        guard let byte = self.next, !self.isAtNewline else { return }
        throw self.error("\(Shown.code(byte)) cannot stand in a comment: take it out.")
    }

    /// The character here, for a sentence.
    var shownNext: String {
        guard let byte = self.next else { return "the end of the file" }
        if self.isAtNewline { return "the end of the line" }
        if byte.isControl { return Shown.code(byte) }
        let character = String(decoding: self.bytes[self.mark.offset...].prefix(4), as: UTF8.self).unicodeScalars
        return Shown.text(String(character.prefix(1)))
    }
}
