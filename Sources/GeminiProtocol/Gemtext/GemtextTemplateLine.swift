/// A line of a template that has a value in it.
struct GemtextTemplateLine {
    private let parts: [GemtextTemplate.Part]
    /// Whether every reader is within a preformatted block, or none is.
    private let isPreformatted: Bool
    private let isPlain: Bool

    /// The line with a harmless letter for each value, which has the type that the line is to have.
    let shape: GemtextText

    init(parts: [GemtextTemplate.Part], preformatting: GemtextTemplate.Preformatting) {
        var shape: [UInt8] = []
        for part in parts {
            switch part {
            case .markup(let markup): shape += markup
            case .value: shape.append(UInt8(ascii: "x"))
            }
        }
        self.parts = parts
        self.isPreformatted = preformatting.strictly && preformatting.loosely
        self.isPlain = !preformatting.strictly && !preformatting.loosely
        self.shape = GemtextText(shape[...]).withoutByteOrderMarks
    }

    /// Appends the line, or the lines that its value has.
    func append(to document: inout Gemtext) {
        let markup = self.shape.markup
        if markup?.kind == .link, !self.isPreformatted {
            document.append(GemtextText(self.link[...]).withoutByteOrderMarks)
            return
        }
        if let (prefix, value) = self.loneValue(behind: markup?.kind) {
            switch value {
            case .lines(let text):
                self.appendLines(of: text, behind: prefix, as: markup?.kind, to: &document)
                return
            case .document(let other) where self.isPlain && prefix.isEmpty:
                document.append(other)
                return
            case .document(let other) where self.isPreformatted:
                self.appendLines(of: other.description, behind: prefix, as: nil, to: &document)
                return
            case .document, .text, .reference:
                break
            }
        }
        self.append(self.parts, as: markup?.kind, to: &document)
    }

    /// The only value of a line that has no markup but a prefix before it, and the prefix.
    private func loneValue(
        behind kind: GemtextText.Markup?
    ) -> (prefix: ArraySlice<UInt8>, value: GemtextTemplate.Value)? {
        var prefix: ArraySlice<UInt8> = []
        var parts = self.parts[...]
        if case .markup(let markup) = parts.first {
            prefix = markup
            parts.removeFirst()
        }
        guard parts.count == 1, case .value(let value) = parts.first else { return nil }
        let allowed: StaticString =
            switch kind {
            case .quote: "> \t"
            case .listItem: "* \t"
            case nil: " \t"
            case .link, .heading, .toggle: ""
            }
        guard kind == nil || !prefix.isEmpty, prefix.allSatisfy({ allowed.description.utf8.contains($0) }) else {
            return nil
        }
        return (prefix, value)
    }

    private func appendLines(
        of text: String,
        behind prefix: ArraySlice<UInt8>,
        as kind: GemtextText.Markup?,
        to document: inout Gemtext
    ) {
        GemtextText(text).forEachLine(orEmptyLine: !self.isPreformatted) { line in
            var clean: [UInt8] = []
            line.append(to: &clean, line.range)
            self.append([.markup(prefix), .markup(clean[...])], as: kind, to: &document)
        }
    }

    /// Appends a line that has this type, and keeps it from having another.
    private func append(_ parts: [GemtextTemplate.Part], as kind: GemtextText.Markup?, to document: inout Gemtext) {
        let bytes = parts.reduce(into: [UInt8]()) { bytes, part in
            switch part {
            case .markup(let markup): bytes += markup
            case .value(let value): bytes += value.singleLine.utf8
            }
        }
        let line = GemtextText(bytes[...]).withoutByteOrderMarks
        document.append(line, separatedAt: self.separator(in: line, as: kind))
    }

    /// Where a zero-width space keeps a line from having another type.
    private func separator(in line: GemtextText, as kind: GemtextText.Markup?) -> Int? {
        guard !self.isPreformatted else { return kind == .toggle ? nil : line.startOfToggle }
        guard let written = line.markup else { return nil }
        switch kind {
        case .listItem where line.isBlank(from: written.start + 1):
            // Without the whitespace at its end it would be text.
            return line.range.upperBound
        case .heading(let level) where written.kind != kind:
            return written.start + level
        default:
            return written.kind == kind ? nil : written.start
        }
    }
}

extension GemtextTemplateLine {
    /// The line as a link, in whose target each value is one component.
    private var link: [UInt8] {
        enum Place { case arrow, gap, target, label }
        var place = Place.arrow
        var target = GemtextTarget()
        var before: [UInt8] = []
        var label: [UInt8] = []

        func take(_ byte: UInt8) {
            let isSpace = byte == UInt8(ascii: " ") || byte == UInt8(ascii: "\t")
            switch place {
            case .arrow:
                before.append(byte)
                if byte == UInt8(ascii: ">") { place = .gap }
            case .gap where isSpace:
                before.append(byte)
            case .gap, .target:
                place = isSpace ? .label : .target
                if isSpace { label.append(byte) } else { target.append(byte) }
            case .label:
                label.append(byte)
            }
        }

        for part in self.parts {
            switch part {
            case .markup(let markup):
                for byte in markup { take(byte) }
            case .value(let value) where place == .label:
                label += value.singleLine.utf8
            case .value(.reference(let reference)):
                let reference = reference.isEmpty ? "#" : reference
                for byte in reference.utf8 { take(byte) }
            case .value(let value):
                place = .target
                target.append(component: value.description)
            }
        }
        return before + target.finished() + label
    }
}

extension GemtextTemplate.Value {
    fileprivate var description: String {
        switch self {
        case .text(let text), .lines(let text), .reference(let text): text
        case .document(let document): document.description
        }
    }

    /// The value as a part of a line.
    fileprivate var singleLine: String {
        switch self {
        case .document(let document): document.description.trimmingFinalLineFeed.singleLine
        case .text, .lines, .reference: self.description.singleLine
        }
    }
}

extension Gemtext {
    /// Appends a line whose values were made one line already. The control characters that are left are the author's.
    fileprivate mutating func append(_ line: GemtextText, separatedAt index: Int? = nil) {
        if let index {
            self.bytes += line.bytes[..<index]
            self.bytes += "\u{200B}".utf8
        }
        self.bytes += line.bytes[(index ?? line.range.lowerBound)...]
        self.bytes.append(UInt8(ascii: "\n"))
    }
}

extension String {
    fileprivate var trimmingFinalLineFeed: String {
        self.utf8.last == UInt8(ascii: "\n") ? String(self.dropLast()) : self
    }
}
