/// Well-formed UTF-8 on its way into a document, or a line of it.
///
/// Everything here looks at bytes: a page is built for each request, and scalars cost several times as much.
struct GemtextText {
    let bytes: ArraySlice<UInt8>

    init(_ text: some StringProtocol) {
        self.bytes = Array(text.utf8)[...]
    }

    init(_ bytes: ArraySlice<UInt8>) {
        self.bytes = bytes
    }

    var isEmpty: Bool {
        self.bytes.isEmpty
    }

    /// Hands out the lines of the text, by every line break of Unicode; one at the very end starts no further line.
    func forEachLine(orEmptyLine: Bool, _ body: (GemtextText) -> Void) {
        var start = self.bytes.startIndex
        var index = start
        while index < self.bytes.endIndex {
            let length = self.lengthOfLineBreak(at: index)
            if length > 0 {
                body(GemtextText(self.bytes[start..<index]))
                start = index + length
            }
            index += max(1, length)
        }
        if start < self.bytes.endIndex || self.bytes.isEmpty && orEmptyLine {
            body(GemtextText(self.bytes[start...]))
        }
    }

    /// Appends the text from an index on to that byte, with U+FFFD for each control character but TAB.
    func append(to output: inout [UInt8], _ range: Range<Int>) {
        var start = range.lowerBound
        var index = start
        while index < range.upperBound {
            let length = self.lengthOfControlCharacter(at: index)
            if length > 0 {
                output += self.bytes[start..<index]
                output += [0xEF, 0xBF, 0xBD]
                start = index + length
            }
            index += max(1, length)
        }
        output += self.bytes[start..<range.upperBound]
    }

    var range: Range<Int> {
        self.bytes.startIndex..<self.bytes.endIndex
    }

    /// The text without byte order marks at its start.
    var withoutByteOrderMarks: GemtextText {
        var start = self.bytes.startIndex
        while self.scalar(at: start) == .byteOrderMark {
            start += 3
        }
        return GemtextText(self.bytes[start...])
    }

    /// What a line is to one client or another, if it is more than text.
    enum Markup: Equatable {
        case link, listItem, quote, toggle
        case heading(level: Int)
    }

    /// What a line is to clients that ignore the whitespace before it, and where that begins; `nil` when it is text to
    /// all. An asterisk with any whitespace behind it is a list item to some (DA-11).
    var markup: (kind: Markup, start: Int)? {
        let start = self.startOfVisibleText
        let rest = self.bytes[start...]
        let kind: Markup? =
            switch rest.first {
            case UInt8(ascii: "#"): .heading(level: rest.prefix(3).prefix { $0 == UInt8(ascii: "#") }.count)
            case UInt8(ascii: ">"): .quote
            case UInt8(ascii: "="): rest.starts(with: "=>".utf8) ? .link : nil
            case UInt8(ascii: "`"): rest.starts(with: "```".utf8) ? .toggle : nil
            case UInt8(ascii: "*"): self.scalar(at: start + 1)?.properties.isWhitespace ?? false ? .listItem : nil
            default: nil
            }
        return kind.map { ($0, start) }
    }

    /// Where a line stops being text to one client or another, which is behind its leading whitespace; `nil` when it
    /// does not.
    var startOfMarkup: Int? {
        self.markup?.start
    }

    /// Where a line would end a preformatted block, which is behind its leading whitespace; `nil` when it does not.
    var startOfToggle: Int? {
        let start = self.startOfVisibleText
        return self.bytes[start...].starts(with: "```".utf8) ? start : nil
    }

    /// Whether there is nothing but whitespace from there on.
    func isBlank(from index: Int) -> Bool {
        self.startOfVisibleText(from: index) == self.bytes.endIndex
    }

    private var startOfVisibleText: Int {
        self.startOfVisibleText(from: self.bytes.startIndex)
    }

    private func startOfVisibleText(from index: Int) -> Int {
        var start = index
        while let scalar = self.scalar(at: start), scalar.properties.isWhitespace || scalar == .byteOrderMark {
            start += UTF8.width(scalar)
        }
        return start
    }

    /// The scalar that begins there, if it is one of up to three bytes: there is no whitespace among the others.
    private func scalar(at index: Int) -> Unicode.Scalar? {
        guard index < self.bytes.endIndex else { return nil }
        let first = UInt32(self.bytes[index])
        switch first {
        case ..<0x80:
            return Unicode.Scalar(first)
        case 0xC0..<0xE0:
            return Unicode.Scalar((first & 0x1F) << 6 | UInt32(self.bytes[index + 1] & 0x3F))
        case 0xE0..<0xF0:
            let low = UInt32(self.bytes[index + 1] & 0x3F) << 6 | UInt32(self.bytes[index + 2] & 0x3F)
            return Unicode.Scalar((first & 0x0F) << 12 | low)
        default:
            return nil
        }
    }

    /// How many bytes the line break there has; 0 where there is none.
    func lengthOfLineBreak(at index: Int) -> Int {
        switch self.bytes[index] {
        case UInt8(ascii: "\r"):
            self.byte(at: index + 1) == UInt8(ascii: "\n") ? 2 : 1
        case 0x0A...0x0C: 1
        case 0xC2: self.bytes[index + 1] == 0x85 ? 2 : 0
        case 0xE2: self.bytes[index + 1] == 0x80 && self.bytes[index + 2] & 0xFE == 0xA8 ? 3 : 0
        default: 0
        }
    }

    private func lengthOfControlCharacter(at index: Int) -> Int {
        switch self.bytes[index] {
        case UInt8(ascii: "\t"): 0
        case ..<0x20, 0x7F: 1
        case 0xC2: self.bytes[index + 1] < 0xA0 ? 2 : 0
        default: 0
        }
    }

    private func byte(at index: Int) -> UInt8? {
        index < self.bytes.endIndex ? self.bytes[index] : nil
    }
}

extension Gemtext {
    /// Appends what is markup already.
    mutating func appendMarkup(_ markup: StaticString) {
        markup.withUTF8Buffer { unsafe self.bytes.append(contentsOf: $0) }
    }

    /// Appends the text that a line of markup ends with, after a space, in one line.
    ///
    /// - Parameter keepsSpace: whether the space stands where there is no text.
    mutating func appendLabel(_ text: (some StringProtocol)?, keepsSpace: Bool = false) {
        if let text, text.isPlain {
            self.bytes.append(UInt8(ascii: " "))
            self.bytes += text.utf8
            self.bytes.append(UInt8(ascii: "\n"))
            return
        }
        let label = text.map { String($0).singleLine.trimmed } ?? ""
        self.appendLine(label.isEmpty && !keepsSpace ? "" : " ", GemtextText(label))
    }

    /// Appends a line of a prefix and a text that cannot break out of it.
    ///
    /// - Parameter index: where in the text a zero-width space goes.
    mutating func appendLine(_ prefix: StaticString, _ text: GemtextText, separatedAt index: Int? = nil) {
        self.appendMarkup(prefix)
        if let index {
            text.append(to: &self.bytes, text.range.lowerBound..<index)
            self.bytes += "\u{200B}".utf8
        }
        text.append(to: &self.bytes, (index ?? text.range.lowerBound)..<text.range.upperBound)
        self.bytes.append(UInt8(ascii: "\n"))
    }
}

extension StringProtocol {
    /// Whether it is printable ASCII in words with single spaces between them, and something: most text is, and goes into a line as it
    /// is, without a copy of it being looked through and trimmed.
    var isPlain: Bool {
        var last = UInt8(ascii: " ")
        for byte in self.utf8 {
            guard byte > UInt8(ascii: " ") && byte < 0x7F || byte == UInt8(ascii: " ") && last != byte else {
                return false
            }
            last = byte
        }
        return last != UInt8(ascii: " ")
    }
}

extension UInt8 {
    /// Whether a line that begins with it is text to everybody.
    var isPlainStart: Bool {
        switch self {
        case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
            UInt8(ascii: "0")...UInt8(ascii: "9"):
            true
        default: false
        }
    }
}
