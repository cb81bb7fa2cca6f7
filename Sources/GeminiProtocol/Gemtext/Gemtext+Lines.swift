extension Gemtext {
    /// Appends a text line for each line of the text, or an empty one for an empty text.
    ///
    /// Text that looks like a link, a heading, a list item, a quote or a toggle stays text (GT-73). A line end at the
    /// end of the text makes no further line.
    public mutating func text(_ text: some StringProtocol) {
        if let first = text.utf8.first, first.isPlainStart, text.isPlain {
            self.bytes += text.utf8
            self.bytes.append(UInt8(ascii: "\n"))
            return
        }
        GemtextText(text).forEachLine(orEmptyLine: true) { line in
            let line = line.withoutByteOrderMarks
            self.appendLine("", line, separatedAt: line.startOfMarkup)
        }
    }

    /// Appends an empty line, which is vertical space (GT-13).
    public mutating func blank() {
        self.bytes.append(UInt8(ascii: "\n"))
    }

    /// Appends a heading.
    ///
    /// - Parameters:
    ///   - level: 1, 2 or 3; what is outside of that counts as the nearest of them.
    ///   - text: the heading; a line break in it becomes a space.
    public mutating func heading(_ level: Int, _ text: some StringProtocol) {
        switch level {
        case ...1: self.appendMarkup("#")
        case 2: self.appendMarkup("##")
        default: self.appendMarkup("###")
        }
        self.appendLabel(text)
    }

    /// Appends an item of a list; a line break in it becomes a space.
    public mutating func listItem(_ text: some StringProtocol) {
        self.appendMarkup("*")
        self.appendLabel(text, keepsSpace: true)
    }

    /// Appends an item of a list for each text.
    public mutating func list(_ items: some Sequence<some StringProtocol>) {
        for item in items {
            self.listItem(item)
        }
    }

    /// Appends a quote line for each line of the text, or an empty one for an empty text.
    public mutating func quote(_ text: some StringProtocol) {
        GemtextText(text).forEachLine(orEmptyLine: true) { line in
            self.appendLine(line.isEmpty ? ">" : "> ", line)
        }
    }

    /// Appends a preformatted block with a line for each line of the text, whitespace untouched (GT-34).
    ///
    /// A line that begins with three backticks would end the block, so it gets a zero-width space in front (GT-37).
    ///
    /// - Parameters:
    ///   - text: the lines; a line end at its end makes no further line, and an empty text no line at all.
    ///   - alt: what the block shows, for those who do not see it, or the name of a language (GT-32).
    ///   - colours: what becomes of ANSI colours in the lines.
    public mutating func preformatted(
        _ text: some StringProtocol,
        alt: (some StringProtocol)? = String?.none,
        colours: ANSIColours = .replaced
    ) {
        let alt = alt.map { String($0).singleLine.trimmed } ?? ""
        self.appendLine("```", GemtextText(alt))
        GemtextText(text).forEachLine(orEmptyLine: false) { line in
            self.appendPreformatted(line, colours)
        }
        self.appendLine("```", GemtextText(""))
    }

    private mutating func appendPreformatted(_ line: GemtextText, _ colours: ANSIColours) {
        guard colours != .replaced else { return self.appendLine("", line, separatedAt: line.startOfToggle) }
        var visible: [UInt8] = []
        ANSIColours.forEachPiece(of: line) { range, isSequence in
            if !isSequence { visible += line.bytes[range] }
        }
        // Colours in front of the backticks make no toggle of them to one client, and are not there to another.
        if GemtextText(visible[...]).startOfToggle != nil { self.bytes += "\u{200B}".utf8 }
        ANSIColours.forEachPiece(of: line) { range, isSequence in
            if !isSequence {
                line.append(to: &self.bytes, range)
            } else if colours == .kept {
                self.bytes += line.bytes[range]
            }
        }
        self.bytes.append(UInt8(ascii: "\n"))
    }
}
