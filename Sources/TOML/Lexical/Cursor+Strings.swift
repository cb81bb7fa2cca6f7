/// The four kinds of texts.
extension Cursor {
    /// Reads a text from its first quote on.
    mutating func string() throws(TOMLError) -> String {
        let start = self.mark
        let isBasic = self.next == UInt8(ascii: "\"")
        let quote: Unicode.Scalar = isBasic ? "\"" : "'"
        guard self.peek(1) == self.next, self.peek(2) == self.next else {
            self.advance()
            return try self.line(from: start, quote)
        }
        self.advance(3)
        return try self.lines(from: start, quote)
    }

    /// Reads a text that cannot have several lines, as keys are.
    mutating func keyString() throws(TOMLError) -> String {
        let quote: Unicode.Scalar = self.next == UInt8(ascii: "\"") ? "\"" : "'"
        if self.peek(1) == self.next, self.peek(2) == self.next {
            throw self.error("A key has one line: put it between \(quote) and \(quote).")
        }
        let start = self.mark
        self.advance()
        return try self.line(from: start, quote)
    }

    private mutating func line(from start: Mark, _ quote: Unicode.Scalar) throws(TOMLError) -> String {
        var text: [UInt8] = []
        while true {
            self.appendPlain(until: quote, to: &text)
            if self.take(quote) { return String(decoding: text, as: UTF8.self) }
            guard let byte = self.next, !self.isAtNewline else {
                throw self.error("A text must end on the line where it begins: close it with \(quote).", at: start)
            }
            guard byte == UInt8(ascii: "\\") else { throw self.controlError(byte, quote) }
            try self.appendEscape(to: &text)
        }
    }

    private mutating func lines(from start: Mark, _ quote: Unicode.Scalar) throws(TOMLError) -> String {
        var text: [UInt8] = []
        _ = self.takeNewline()
        while true {
            self.appendPlain(until: quote, to: &text)
            guard let byte = self.next else {
                let quotes = String(repeating: Character(quote), count: 3)
                throw self.error("A text of several lines has no end: close it with \(quotes).", at: start)
            }
            if self.takeNewline() {
                text.append(UInt8(ascii: "\n"))
            } else if byte == UInt8(ascii: quote) {
                // Two quotes may stand in front of the three at the end.
                var count = 0
                while count < 5, self.take(quote) { count += 1 }
                let inside = count < 3 ? count : count - 3
                text.append(contentsOf: repeatElement(byte, count: inside))
                if count >= 3 { return String(decoding: text, as: UTF8.self) }
            } else if byte == UInt8(ascii: "\\") {
                if !self.skipFoldedLine() { try self.appendEscape(to: &text) }
            } else {
                throw self.controlError(byte, quote)
            }
        }
    }

    /// Takes what means itself. A backslash does in single quotes alone.
    private mutating func appendPlain(until quote: Unicode.Scalar, to text: inout [UInt8]) {
        let start = self.mark
        let quote = UInt8(ascii: quote)
        let backslash = quote == UInt8(ascii: "\"") ? UInt8(ascii: "\\") : quote
        self.skip { $0 != quote && $0 != backslash && !$0.isControl }
        text += self.bytes(since: start)
    }

    /// A backslash at the end of a line takes all white space up to the next word with it.
    private mutating func skipFoldedLine() -> Bool {
        var length = 1
        while self.peek(length)?.isBlank == true { length += 1 }
        guard self.newlineLength(after: length) != nil else { return false }
        self.advance(length)
        while self.takeNewline() { self.skipBlanks() }
        return true
    }

    private mutating func appendEscape(to text: inout [UInt8]) throws(TOMLError) {
        let start = self.mark
        self.advance()
        let letter = self.next
        let byte: Unicode.Scalar
        switch letter {
        case UInt8(ascii: "b"): byte = "\u{8}"
        case UInt8(ascii: "t"): byte = "\t"
        case UInt8(ascii: "n"): byte = "\n"
        case UInt8(ascii: "f"): byte = "\u{C}"
        case UInt8(ascii: "r"): byte = "\r"
        case UInt8(ascii: "\""): byte = "\""
        case UInt8(ascii: "\\"): byte = "\\"
        case UInt8(ascii: "u"), UInt8(ascii: "U"):
            self.advance()
            try self.appendCode(from: start, digits: letter == UInt8(ascii: "u") ? 4 : 8, to: &text)
            return
        default:
            throw self.error(
                "A backslash with \(self.shownNext) is no escape: write \\\\ for a backslash, or the text in single quotes.",
                at: start
            )
        }
        self.advance()
        text.append(UInt8(ascii: byte))
    }

    private mutating func appendCode(from start: Mark, digits: Int, to text: inout [UInt8]) throws(TOMLError) {
        var value: UInt32 = 0
        for _ in 0..<digits {
            guard let digit = self.next.flatMap({ Character(Unicode.Scalar($0)).hexDigitValue }) else {
                throw self.error(
                    "\(self.text(since: start)) has fewer than \(digits) digits: add zeros in front.",
                    at: start
                )
            }
            self.advance()
            value = value << 4 | UInt32(digit)
        }
        guard let scalar = Unicode.Scalar(value) else {
            throw self.error("\(self.text(since: start)) is no character: write the number of one.", at: start)
        }
        text += UTF8.encode(scalar).map(Array.init) ?? []
    }

    private func controlError(_ byte: UInt8, _ quote: Unicode.Scalar) -> TOMLError {
        let place = quote == "\"" ? "" : " in double quotes"
        return self.error("\(Shown.code(byte)) cannot stand in a text: write \(Shown.escape(byte))\(place).")
    }
}
