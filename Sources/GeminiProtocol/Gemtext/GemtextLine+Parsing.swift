extension GemtextLine {
    /// Reads a line, without its line end.
    ///
    /// - Parameters:
    ///   - line: the bytes of the line. What of them is not UTF-8 becomes U+FFFD.
    ///   - isPreformatted: whether preformatted lines were started, which is all that a parser has to remember.
    ///   - coreOnly: takes headings, list items and quotes for text, as a client may that does not show them (GT-02).
    init(parsing line: Span<UInt8>, isPreformatted: Bool, coreOnly: Bool) {
        if line.hasPrefix("```") {
            let alt = line.extracting(droppingFirst: 3)
            self =
                isPreformatted ? .preformattedEnd : .preformattedStart(alt: alt.isEmpty ? nil : String(repairing: alt))
        } else if isPreformatted {
            self = .preformatted(String(repairing: line))
        } else if line.hasPrefix("=>") {
            self = Self.link(line.extracting(droppingFirst: 2)) ?? .text(String(repairing: line))
        } else if coreOnly {
            self = .text(String(repairing: line))
        } else if line.hasPrefix("#") {
            self = Self.heading(line)
        } else if line.hasPrefix("* ") {
            self = .listItem(String(repairing: line.extracting(droppingFirst: 2)))
        } else if line.hasPrefix(">") {
            self = .quote(GemtextQuote(raw: String(repairing: line.extracting(droppingFirst: 1))))
        } else {
            self = .text(String(repairing: line))
        }
    }

    /// Reads what stands behind `=>`; `nil` when there is no target, which makes the line text (GT-23).
    private static func link(_ rest: Span<UInt8>) -> GemtextLine? {
        let start = rest.firstIndex(from: 0) { !$0.isGemtextSpace }
        guard start < rest.count else { return nil }
        let end = rest.firstIndex(from: start) { $0.isGemtextSpace }
        let target = String(repairing: rest.extracting(start..<end))

        let labelStart = rest.firstIndex(from: end) { !$0.isGemtextSpace }
        var labelEnd = rest.count
        while labelEnd > labelStart, rest[labelEnd - 1].isGemtextSpace {
            labelEnd -= 1
        }
        guard labelStart < labelEnd else { return .link(target: target, label: nil) }
        return .link(target: target, label: String(repairing: rest.extracting(labelStart..<labelEnd)))
    }

    /// Reads a line that begins with `#`; whatever follows three of them is text, a fourth included (GT-41).
    private static func heading(_ line: Span<UInt8>) -> GemtextLine {
        let level = min(3, line.firstIndex(from: 0) { $0 != UInt8(ascii: "#") })
        let start = line.firstIndex(from: level) { !$0.isGemtextSpace }
        return .heading(level: level, text: String(repairing: line.extracting(start..<line.count)))
    }
}

extension UInt8 {
    /// Whether the byte is what gemtext has for whitespace within a line: a space or a TAB.
    fileprivate var isGemtextSpace: Bool {
        self == UInt8(ascii: " ") || self == UInt8(ascii: "\t")
    }
}

extension Span<UInt8> {
    fileprivate func hasPrefix(_ prefix: StaticString) -> Bool {
        let prefix = prefix.description.utf8
        guard self.count >= prefix.count else { return false }
        var index = 0
        for byte in prefix {
            guard self[index] == byte else { return false }
            index += 1
        }
        return true
    }

    /// The index of the first byte from there on that is so, or the end.
    fileprivate func firstIndex(from start: Int, where predicate: (UInt8) -> Bool) -> Int {
        var index = start
        while index < self.count, !predicate(self[index]) {
            index += 1
        }
        return index
    }
}
