import GeminiProtocol

/// A page of gemtext, read line by line: its links, and what is wrong with it whatever they lead to.
struct PageLint {
    let page: String
    private(set) var links: [PageLink] = []
    private(set) var findings: [Finding] = []

    /// The most findings by one rule; of the others there is the number, so that a page of nothing but control characters
    /// has no more findings than a person reads.
    static let maximumFindings = 100

    private var counts: [Rule: Int] = [:]
    private var headingLevel = 0
    private var preformatStart: Int?

    /// - Parameters:
    ///   - bytes: the page.
    ///   - page: what the findings call it.
    init(_ bytes: [UInt8], page: String) {
        self.page = page
        var rawLines = bytes.split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false)
        let endsLine = rawLines.last?.isEmpty ?? true
        if endsLine { rawLines.removeLast() }
        let lines = GemtextDocument(parsing: bytes.span).lines
        for (index, (raw, line)) in zip(rawLines, lines).enumerated() {
            let number = index + 1
            self.checkCharacters(raw, number)
            self.check(line, raw, number)
        }
        if let preformatStart {
            self.report(.unclosedPreformat, preformatStart, "The preformatted lines that begin here have no end.")
        }
        if !endsLine {
            self.report(.unendedLine, rawLines.count, "The last line has no end.")
        }
        for (rule, count) in self.counts where count > Self.maximumFindings {
            let message = "There are \(count - Self.maximumFindings) more of these on the page."
            self.findings.append(Finding(rule, page: page, line: rawLines.count, message))
        }
        self.findings += SubscriptionLint(self.links, page: page).findings
    }

    private mutating func report(_ rule: Rule, _ line: Int, column: Int = 1, _ message: String) {
        self.counts[rule, default: 0] += 1
        guard self.counts[rule, default: 0] <= Self.maximumFindings else { return }
        self.findings.append(Finding(rule, page: self.page, line: line, column: column, message))
    }

    private mutating func check(_ line: GemtextLine, _ raw: ArraySlice<UInt8>, _ number: Int) {
        switch line {
        case .link(let target, let label):
            let column = raw.dropFirst(2).prefix { $0 == UInt8(ascii: " ") || $0 == UInt8(ascii: "\t") }.count + 3
            self.links.append(PageLink(target: target, label: label, line: number, column: column))
        case .text(let text) where text.hasPrefix("=>"):
            self.report(.emptyLink, number, "The link has no address, and is shown as text.")
        case .heading(let level, _):
            if self.headingLevel > 0, level > self.headingLevel + 1 {
                self.report(
                    .headingJump,
                    number,
                    "A heading of level \(level) follows one of level \(self.headingLevel)."
                )
            }
            self.headingLevel = level
        case .preformattedStart(let alt):
            self.preformatStart = number
            if alt?.allSatisfy(\.isWhitespace) ?? true {
                self.report(
                    .missingAltText,
                    number,
                    column: 4,
                    "The preformatted lines have no text for those who do not see them: write it behind the backticks."
                )
            }
        case .preformattedEnd:
            self.preformatStart = nil
        case .text, .listItem, .quote, .preformatted:
            break
        }
    }

    /// Checks the bytes of a line, without its LF.
    private mutating func checkCharacters(_ raw: ArraySlice<UInt8>, _ number: Int) {
        let line = raw.last == UInt8(ascii: "\r") ? raw.dropLast() : raw
        guard let text = String(validating: line, as: UTF8.self) else {
            self.report(.invalidUTF8, number, "The line is not UTF-8.")
            return
        }
        for (offset, scalar) in text.unicodeScalars.enumerated() {
            switch scalar {
            case "\u{FEFF}" where number == 1 && offset == 0:
                self.report(.byteOrderMark, number, "The page begins with a byte order mark.")
            case "\r", "\u{B}", "\u{C}", "\u{1C}"..."\u{1E}", "\u{85}", "\u{2028}", "\u{2029}":
                self.report(
                    .strayLineBreak,
                    number,
                    column: offset + 1,
                    "The character \(scalar.notation) ends a line for some readers and not for others."
                )
            case "\t":
                continue
            case "\u{0}"..."\u{1F}", "\u{7F}"..."\u{9F}":
                self.report(
                    .controlCharacter,
                    number,
                    column: offset + 1,
                    "There is a control character, \(scalar.notation)."
                )
            default:
                continue
            }
        }
    }
}

extension Unicode.Scalar {
    /// As Unicode writes it: `U+001B`.
    fileprivate var notation: String {
        let digits = String(self.value, radix: 16, uppercase: true)
        return "U+" + String(repeating: "0", count: max(0, 4 - digits.count)) + digits
    }
}
