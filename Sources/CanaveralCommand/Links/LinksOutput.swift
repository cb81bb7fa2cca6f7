import GeminiLint
import JSON

/// The findings of a check, for a reader and for a program.
struct LinksOutput {
    private let report: CheckReport
    private let elapsed: Duration

    init(_ report: CheckReport, elapsed: Duration) {
        self.report = report
        self.elapsed = elapsed
    }

    /// Prints the findings to standard output; and, unless a program reads them, the summary to standard error.
    func print(json: Bool) {
        guard !json else {
            Terminal.result(self.json.description)
            return
        }
        for finding in self.report.findings { Terminal.result(Terminal.harmless(finding.description)) }
        Terminal.notice(self.summary)
    }

    private var summary: String {
        let counts = [Level.error, .warning, .note].map { level in
            Self.counted(self.report.count(level), level.rawValue)
        }
        return "\(Self.counted(self.report.pages, "page")), \(Self.counted(self.report.links, "link"))"
            + (self.report.unchecked > 0 ? " (\(Figures.grouped(self.report.unchecked)) not followed)" : "")
            + ": \(counts.joined(separator: ", ")), in \(Figures.decimal(self.elapsed / .seconds(1), 1)) s."
    }

    private static func counted(_ number: Int, _ noun: String) -> String {
        "\(Figures.grouped(number)) \(noun)\(number == 1 ? "" : "s")"
    }

    private var json: JSONValue {
        .object([
            (
                "findings",
                .array(
                    self.report.findings.map { finding in
                        .object([
                            ("page", .string(finding.page)),
                            ("line", .integer(finding.line)),
                            ("column", .integer(finding.column)),
                            ("level", .string(finding.level.rawValue)),
                            ("rule", .string(finding.rule.rawValue)),
                            ("target", finding.target.map { .string($0) } ?? .null),
                            ("message", .string(finding.message)),
                        ])
                    }
                )
            ),
            ("pages", .integer(self.report.pages)),
            ("links", .integer(self.report.links)),
            ("not_followed", .integer(self.report.unchecked)),
            ("errors", .integer(self.report.count(.error))),
            ("warnings", .integer(self.report.count(.warning))),
            ("notes", .integer(self.report.count(.note))),
        ])
    }
}
