import GeminiProtocol

/// What holds for every document that a client can receive, and for every text that a visitor can have put into a page.
///
/// Stops the process when something does not hold.
package func checkGemtextProperties(_ input: [UInt8]) {
    for options in [
        GemtextParser.Options(), .init(coreOnly: true), .init(maximumLineLength: 8), .init(maximumLineLength: 0),
    ] {
        let whole = GemtextDocument(parsing: input.span, options: options).lines
        for chunkLengths in [[1], [3, 1, 2], input.prefix(16).map { Int($0 % 64) + 1 }] where !chunkLengths.isEmpty {
            let pieces = read(input, chunkLengths: chunkLengths, options: options)
            precondition(pieces == whole, "the lines depend on how the bytes arrive")
        }
        checkLines(whole, options: options)
        let lineFeeds = input.count { $0 == 0x0A }
        let hasOpenEnd = input.last.map { $0 != 0x0A } ?? false
        precondition(whole.count == lineFeeds + (hasOpenEnd ? 1 : 0) || input == [0xEF, 0xBB, 0xBF], "lines are lost")
        if !options.coreOnly, options.maximumLineLength > 8 {
            let again = GemtextDocument(parsing: write(whole)).lines
            precondition(again == whole, "lines that are written parse as others")
        }
    }
    checkBuilder(input)
}

private func read(_ input: [UInt8], chunkLengths: [Int], options: GemtextParser.Options) -> [GemtextLine] {
    var lines: [GemtextLine] = []
    var parser = GemtextParser(options: options)
    var offset = 0
    var index = 0
    while offset < input.count {
        let end = min(input.count, offset + chunkLengths[index % chunkLengths.count])
        parser.parse(input.span.extracting(offset..<end)) { lines.append($0) }
        offset = end
        index += 1
    }
    parser.finish { lines.append($0) }
    return lines
}

/// Checks what a renderer may rely on.
private func checkLines(_ lines: [GemtextLine], options: GemtextParser.Options) {
    var isPreformatted = false
    for line in lines {
        switch line {
        case .preformattedStart(let alt):
            precondition(!isPreformatted && alt != "")
            isPreformatted = true
        case .preformattedEnd:
            precondition(isPreformatted)
            isPreformatted = false
        case .preformatted(let text):
            precondition(isPreformatted && !text.utf8.starts(with: "```".utf8))
        case .text(let text):
            precondition(!isPreformatted && !text.utf8.starts(with: "```".utf8))
            precondition(options.coreOnly || !["#", ">", "* "].contains { text.utf8.starts(with: $0.utf8) })
        case .link(let target, let label):
            precondition(!isPreformatted && !target.isEmpty && !target.utf8.contains { $0 == 0x20 || $0 == 0x09 })
            let edges = [label?.utf8.first, label?.utf8.last]
            precondition(label != "" && !edges.contains(0x20) && !edges.contains(0x09))
        case .heading(let level, let text):
            precondition(!isPreformatted && !options.coreOnly && (1...3).contains(level))
            precondition(text.utf8.first != 0x20 && text.utf8.first != 0x09)
        case .listItem:
            precondition(!isPreformatted && !options.coreOnly)
        case .quote(let quote):
            precondition(!isPreformatted && !options.coreOnly && quote.raw.utf8.count - quote.text.utf8.count <= 1)
        }
    }
}

/// Writes lines back in the simplest way: behind a byte order mark and with CRLF, so that neither is taken from a line.
private func write(_ lines: [GemtextLine]) -> String {
    var text = "\u{FEFF}"
    for line in lines {
        switch line {
        case .text(let content), .preformatted(let content): text += content
        case .link(let target, let label): text += "=>\(target)" + (label.map { " \($0)" } ?? "")
        case .heading(let level, let content): text += String(repeating: "#", count: level) + " \(content)"
        case .listItem(let content): text += "* \(content)"
        case .quote(let quote): text += ">\(quote.raw)"
        case .preformattedStart(let alt): text += "```\(alt ?? "")"
        case .preformattedEnd: text += "```"
        }
        text += "\r\n"
    }
    return text
}
