import GeminiProtocol

/// Builds a page as the input says, out of texts that are the input's, and checks that it has exactly the lines that were
/// asked for.
func checkBuilder(_ input: [UInt8]) {
    var page = Gemtext()
    var expected: [LineType] = []
    var rest = input[...]
    while let step = rest.popFirst() {
        let text = rest.takeText()
        switch step % 10 {
        case 0:
            page.text(text)
            expected += text.linesOfAnyClient(orEmptyLine: true).map { .text(containing: $0.withoutByteOrderMarks) }
        case 1:
            page.heading(Int(Int8(bitPattern: step)), text)
            expected.append(.heading)
        case 2:
            page.link(text, rest.takeText())
            expected.append(.link)
        case 3:
            page.link(text)
            expected.append(.link)
        case 4:
            page.link(file: text)
            expected.append(.link)
        case 5:
            page.listItem(text)
            expected.append(.listItem)
        case 6:
            page.quote(text)
            expected += text.linesOfAnyClient(orEmptyLine: true).map { _ in .quote }
        case 7:
            page.preformatted(text, alt: rest.takeText())
            expected.append(.preformattedStart)
            expected += text.linesOfAnyClient(orEmptyLine: false).map { .preformatted(containing: $0) }
            expected.append(.preformattedEnd)
        case 8:
            page.preformatted(text)
            expected.append(.preformattedStart)
            expected += text.linesOfAnyClient(orEmptyLine: false).map { .preformatted(containing: $0) }
            expected.append(.preformattedEnd)
        default:
            page.blank()
            expected.append(.text(containing: ""))
        }
    }
    checkPage(page, has: expected)
}

private enum LineType {
    case text(containing: Substring)
    case link
    case heading
    case listItem
    case quote
    case preformattedStart
    case preformatted(containing: Substring)
    case preformattedEnd
}

private func checkPage(_ page: Gemtext, has expected: [LineType]) {
    let text = page.description
    precondition(text.utf8.elementsEqual(page.bytes), "a page is not UTF-8")
    precondition(page.isEmpty || page.bytes.last == 0x0A, "a page has no final line end")
    precondition(!page.bytes.starts(with: [0xEF, 0xBB, 0xBF]), "a page begins with a byte order mark")
    for scalar in text.unicodeScalars where scalar != "\n" && scalar != "\t" {
        precondition(
            scalar.properties.generalCategory != .control,
            "a page holds the control character \(scalar.value)"
        )
    }
    let lineFeeds = page.bytes.count { $0 == 0x0A }
    precondition(text.count { $0.isNewline } == lineFeeds, "a page has more lines to one client than to another")

    let lines = GemtextDocument(parsing: page.bytes.span).lines
    precondition(lines.count == expected.count, "\(expected.count) lines were asked for: \(lines)")
    for (line, type) in zip(lines, expected) {
        switch (line, type) {
        case (.text(let written), .text(let original)):
            checkContent(written, original)
            let trimmed = written.unicodeScalars.drop { $0.properties.isWhitespace || $0 == "\u{FEFF}" }
            guard case .text = GemtextDocument(parsing: String(trimmed)).lines.first ?? .text("") else {
                preconditionFailure("a text line is more to a client that trims: \(written)")
            }
        case (.preformatted(let written), .preformatted(let original)):
            checkContent(written, original)
        case (.link(let target, _), .link):
            precondition(target.utf8.allSatisfy { (0x21...0x7E).contains($0) }, "a target is not escaped: \(target)")
        case (.heading, .heading), (.listItem, .listItem), (.quote, .quote),
            (.preformattedStart, .preformattedStart), (.preformattedEnd, .preformattedEnd):
            break
        default:
            preconditionFailure("a line of another type was asked for: \(line) instead of \(type)")
        }
    }
}

/// Checks that nothing was added to a line but a zero-width space, and nothing changed but control characters.
private func checkContent(_ written: String, _ original: Substring) {
    let expected = original.unicodeScalars.map { scalar -> Unicode.Scalar in
        scalar.properties.generalCategory == .control && scalar != "\t" ? "\u{FFFD}" : scalar
    }
    guard !written.unicodeScalars.elementsEqual(expected) else { return }
    for index in written.unicodeScalars.indices where written.unicodeScalars[index] == "\u{200B}" {
        var without = written.unicodeScalars
        without.remove(at: index)
        if without.elementsEqual(expected) { return }
    }
    preconditionFailure("a line was changed: \(written)")
}

extension ArraySlice<UInt8> {
    /// Takes a length and as many bytes, as text.
    fileprivate mutating func takeText() -> String {
        let length = Int(self.popFirst() ?? 0)
        defer { self = self.dropFirst(length) }
        return String(decoding: self.prefix(length), as: UTF8.self)
    }
}

extension Substring {
    fileprivate var withoutByteOrderMarks: Substring {
        Substring(self.unicodeScalars.drop { $0 == "\u{FEFF}" })
    }
}

extension String {
    /// The lines as Swift's own characters see them, in which CRLF is one; none after the last line end.
    func linesOfAnyClient(orEmptyLine: Bool) -> [Substring] {
        var lines = self.split(omittingEmptySubsequences: false, whereSeparator: \.isNewline)
        if lines.count > 1 || !orEmptyLine, lines.last == "" {
            lines.removeLast()
        }
        return lines
    }
}
