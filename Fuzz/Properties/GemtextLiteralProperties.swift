import GeminiProtocol

/// What holds for every literal with visitors' texts in it: the lines are those that harmless texts give, to any reader,
/// and the links lead to the same places but for one segment.
///
/// Stops the process when something does not hold.
package func checkGemtextLiteralProperties(_ input: [UInt8]) {
    let halves = input.split(separator: 0, maxSplits: 1, omittingEmptySubsequences: false)
        .map { String(decoding: $0, as: UTF8.self) }
    let (first, second) = (halves[0], halves.count > 1 ? halves[1] : "")
    for (index, template) in (templates + referenceTemplates).enumerated() {
        let page = template(first, second)
        let harmless = template("x", "x")
        precondition(page.isEmpty == harmless.isEmpty && page.bytes.last == harmless.bytes.last, "template \(index)")
        for reader in readers {
            let (lines, expected) = (reader(page.description), reader(harmless.description))
            precondition(
                lines.map(LineKind.init) == expected.map(LineKind.init),
                "template \(index): lines have other types: \(lines)"
            )
            checkLinks(lines, expected, template: index)
        }
    }
    checkLines(first)
}

/// Every place of a line that a value can stand in, and every beginning of markup that it could complete.
private let templates: [@Sendable (String, String) -> Gemtext] = [
    { a, b in "\(a)" },
    { a, b in "\(a)\n\(b)" },
    { a, b in "\(a)\(b)" },
    { a, b in " \t\(a)" },
    { a, b in "\u{FEFF}\(a)\n\u{A0}\(b)" },
    { a, b in "# \(a)\n## \(b)" },
    { a, b in "#\(a)\n##\(b)\n###\(a)" },
    { a, b in "#\(a)#\(b)" },
    { a, b in "\(a)# a\n\(b)* a" },
    { a, b in "\(a)#\(b)" },
    { a, b in " # \(a)\n  #\(b)" },
    { a, b in "*\(a)\n* \(b)\n*\t\(a)" },
    { a, b in "\(a)*\(b)\n*\(a) a" },
    { a, b in ">\(a)\n> \(b)\n >\(a)" },
    { a, b in "=\(a)\n=\(a)>\(b)" },
    { a, b in "\(a)=> \(b)" },
    { a, b in "\(a)>\n\(a)=>\(b) a" },
    { a, b in "`\(a)\n``\(b)\n\(a)`\(b)" },
    { a, b in "`\(a)`\(b)`" },
    { a, b in "\(a)```\na\n\(b)```" },
    { a, b in "```\(a)\n\(b)\n```\(a)\n\(b)" },
    { a, b in "```\n`\(a)\n``\(b)\n\(a)``\n # \(b)\n```\n\(a)" },
    { a, b in "```\n\(a)```\n\u{FEFF}\(b)\n> \(a)\n=> \(b)" },
    { a, b in " ```\n\(a)\n=> /\(b)\n ```\n\(a)" },
    { a, b in "```\n ```\n\(a)\n=> /\(b) \(a)\n```\n\(b)" },
    { a, b in "\u{FEFF}```\(a)\n\u{FEFF}\(b)\n\u{FEFF}```\(a)\n\(b)" },
    { a, b in "=> \(a)\n=>\(b) a\n=> \(a)\(b)\n=>\t\(a) \(b)" },
    { a, b in "=> /\(a)/\(b)\n=> \(a)/\(b)\n=> /a/.\(a)\n=> /a/%2e\(a)\(b)" },
    { a, b in "=> /a\(a)?b=\(b)&c=\(a)#\(b) a \(a)" },
    { a, b in "=> gemini://example.net/\(a)/../\(b)/ \(a) b" },
    { a, b in "=> /a/%\(a)\(b)\n=> /b/%2\(a)" },
    { a, b in " => /\(a) \(b)\n\u{FEFF}=> \(b)" },
    { a, b in "\r\(a)\n\r\(b)\r\n\(a)\u{2028}\(b)\u{85}\(a)" },
    { a, b in "a \(lines: a) b\n> a \(lines: b)\n# \(lines: a)\n```\(lines: b)\n```\(lines: a)" },
    { a, b in "a \("\(a)\n# a\n```" as Gemtext)\n> \("\(b)" as Gemtext)" },
    { a, b in "\("> \(a)\n```\n\(b)" as Gemtext)\n\(b)" },
    { a, b in "=> /a/\(a) \(a)\n\(1)\(a)\n\(a)\(true)" },
]

/// With targets that are asked for as references, which lead anywhere.
private let referenceTemplates: [@Sendable (String, String) -> Gemtext] = [
    { a, b in "=> \(link: a) \(b)\n\(link: b)" },
    { a, b in "=> /\(b)\(link: a)\(b)" },
]

/// The lines as they are, as one sees them that trims each, and as one that splits at every line break of Unicode too.
private let readers: [@Sendable (String) -> [GemtextLine]] = [
    { GemtextDocument(parsing: $0).lines },
    { text in
        let lines = text.unicodeScalars.split(separator: "\n", omittingEmptySubsequences: false)
        return GemtextDocument(parsing: lines.map(trimmed).joined(separator: "\n")).lines
    },
    { text in
        let lines = text.split(omittingEmptySubsequences: false, whereSeparator: \.isNewline)
        return GemtextDocument(parsing: lines.map { trimmed($0.unicodeScalars) }.joined(separator: "\n")).lines
    },
]

private func trimmed(_ line: Substring.UnicodeScalarView) -> String {
    func isSpace(_ scalar: Unicode.Scalar) -> Bool {
        scalar.properties.isWhitespace || scalar == "\u{FEFF}"
    }
    let start = line.drop(while: isSpace)
    guard let last = start.lastIndex(where: { !isSpace($0) }) else { return "" }
    return String(start[...last])
}

private enum LineKind: Hashable {
    case text, link, listItem, quote, preformattedStart, preformatted, preformattedEnd
    case heading(Int)

    init(_ line: GemtextLine) {
        switch line {
        case .text: self = .text
        case .link: self = .link
        case .heading(let level, _): self = .heading(level)
        case .listItem: self = .listItem
        case .quote: self = .quote
        case .preformattedStart: self = .preformattedStart
        case .preformatted: self = .preformatted
        case .preformattedEnd: self = .preformattedEnd
        }
    }
}

private let base: URIReference = {
    guard let url = try? URIReference("gemini://example.org/log/index.gmi") else { preconditionFailure() }
    return url
}()

private func checkLinks(_ lines: [GemtextLine], _ expected: [GemtextLine], template: Int) {
    for (line, harmless) in zip(lines, expected) {
        guard case .link(let target, _) = line, case .link(let harmless, _) = harmless else { continue }
        precondition(target.utf8.allSatisfy { (0x21...0x7E).contains($0) }, "a target is not escaped: \(target)")
        guard template < templates.count, let there = place(target), let expected = place(harmless) else { continue }
        precondition(
            there.scheme == expected.scheme && there.authority == expected.authority
                && there.path.utf8.count { $0 == 0x2F } == expected.path.utf8.count { $0 == 0x2F }
                && (there.query == nil) == (expected.query == nil)
                && there.query?.utf8.count { $0 == 0x26 } == expected.query?.utf8.count { $0 == 0x26 }
                && (there.fragment == nil) == (expected.fragment == nil),
            "template \(template): a link leads elsewhere: \(target)"
        )
    }
}

private func place(_ target: String) -> URIReference? {
    guard let reference = try? URIReference(lenient: target) else { preconditionFailure("no reference: \(target)") }
    return reference.resolved(against: base).normalized()
}

/// Checks that a text of several lines gives lines of the type that it is asked for, and no others.
private func checkLines(_ text: String) {
    let page: Gemtext = "> \(lines: text)\na\n* \(lines: text)\na\n\(lines: text)\na\n```\n\(lines: text)\n```\na"
    for reader in readers {
        let parts = reader(page.description).map(LineKind.init).split(
            omittingEmptySubsequences: false,
            whereSeparator: { $0 == .text }
        )
        let count = text.linesOfAnyClient(orEmptyLine: true).count
        precondition(parts[0].allSatisfy { $0 == .quote } && parts[0].count == count, "not every line is quoted")
        precondition(parts[1].count == parts[0].count && parts[1].allSatisfy { $0 == .listItem })
        precondition(parts.dropFirst(2).dropLast(2).allSatisfy(\.isEmpty))
        let block = parts[parts.count - 2]
        precondition(block.first == .preformattedStart && block.last == .preformattedEnd && parts.last == [])
        precondition(block.dropFirst().dropLast().allSatisfy { $0 == .preformatted })
        precondition(block.count - 2 == parts[0].count || text.isEmpty && block.count == 2)
        precondition(parts.count == parts[0].count + 5)
    }
}
