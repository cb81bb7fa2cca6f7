/// A document that is put together of an author's markup and of values that are to stay what they are.
///
/// Preformatted blocks are kept track of as two readers see them, one that goes by the specification and one that trims
/// its lines; where they disagree, a value is treated so that it is safe with both.
struct GemtextTemplate {
    /// Something that is no markup.
    enum Value {
        case text(String)
        case lines(String)
        case document(Gemtext)
        case reference(String)
    }

    /// A part of a line.
    enum Part {
        case markup(ArraySlice<UInt8>)
        case value(Value)
    }

    /// Which readers are within a preformatted block.
    struct Preformatting {
        var strictly = false
        var loosely = false

        /// Takes a line that is finished.
        mutating func take(_ line: GemtextText) {
            guard let start = line.startOfToggle else { return }
            self.loosely.toggle()
            if start == line.range.lowerBound { self.strictly.toggle() }
        }
    }

    private var document = Gemtext()
    private var line: [Part] = []
    private var preformatting = Preformatting()

    init(capacity: Int = 0) {
        self.document.bytes.reserveCapacity(capacity)
    }

    /// Appends what the author wrote.
    mutating func append(markup: String) {
        let text = GemtextText(markup)
        var start = text.range.lowerBound
        var index = start
        while index < text.range.upperBound {
            let length = text.lengthOfLineBreak(at: index)
            if length > 0 {
                if start < index || self.line.isEmpty {
                    self.line.append(.markup(text.bytes[start..<index]))
                }
                self.endLine()
                start = index + length
            }
            index += max(1, length)
        }
        if start < index {
            self.line.append(.markup(text.bytes[start..<index]))
        }
    }

    /// Appends a value.
    mutating func append(_ value: Value) {
        self.line.append(.value(value))
    }

    /// The document. A block that is still open is closed, so that what is put behind the document is not in it.
    consuming func finished() -> Gemtext {
        if !self.line.isEmpty { self.endLine() }
        if self.preformatting.strictly { self.document.bytes += "```\n".utf8 }
        return self.document
    }

    private mutating func endLine() {
        defer { self.line.removeAll(keepingCapacity: true) }
        if self.line.count == 1, case .markup(let markup) = self.line[0] {
            let line = self.document.isEmpty ? GemtextText(markup).withoutByteOrderMarks : GemtextText(markup)
            self.preformatting.take(line)
            self.document.bytes += line.bytes
            self.document.bytes.append(UInt8(ascii: "\n"))
            return
        }
        let line = GemtextTemplateLine(parts: self.line, preformatting: self.preformatting)
        line.append(to: &self.document)
        self.preformatting.take(line.shape)
    }
}
