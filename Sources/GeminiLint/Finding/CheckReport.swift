/// What a check came to.
public struct CheckReport: Sendable {
    /// What was found, by page and line.
    public internal(set) var findings: [Finding] = []

    /// How many pages of gemtext were read.
    public internal(set) var pages = 0

    /// How many links stand on them.
    public internal(set) var links = 0

    /// How many of those lead to where nobody looked: other hosts that were not to be asked, other protocols, what was
    /// beyond a limit.
    public internal(set) var unchecked = 0

    /// How many findings are of a level.
    public func count(_ level: Level) -> Int {
        self.findings.count { $0.level == level }
    }

    /// Forgets what was found by some rules.
    public mutating func ignore(_ rules: Set<Rule>) {
        self.findings.removeAll { rules.contains($0.rule) }
    }

    /// Adds what was found on the links of a page.
    mutating func add(_ remarks: [Remark], on link: PageLink, of page: String) {
        self.findings += remarks.map { remark in
            Finding(
                remark.rule,
                page: page,
                line: link.line,
                column: link.column,
                target: link.target,
                remark.message
            )
        }
    }

    /// The report with its findings in order.
    func sorted() -> CheckReport {
        var report = self
        report.findings.sort {
            ($0.page, $0.line, $0.column, $0.rule.rawValue) < ($1.page, $1.line, $1.column, $1.rule.rawValue)
        }
        return report
    }
}

/// A rule that a link breaks, and how.
struct Remark: Sendable, Hashable {
    var rule: Rule
    var message: String

    init(_ rule: Rule, _ message: String) {
        self.rule = rule
        self.message = message
    }
}
