/// A diagnosis for a person: what was found, by theme, the gravest first, and a line that sums it up.
package struct TextReport: Sendable {
    /// How a part of the text is to look.
    package enum Style: Sendable, Hashable {
        case heading
        case violation
        case warning
        case note
        case good
        case dim
    }

    private let diagnosis: Diagnosis
    private let styled: @Sendable (String, Style) -> String

    /// - Parameter styled: colours a text, or gives it back as it is.
    package init(
        _ diagnosis: Diagnosis,
        styled: @escaping @Sendable (String, Style) -> String = { text, _ in text }
    ) {
        self.diagnosis = diagnosis
        self.styled = styled
    }

    /// The lines, without line feeds.
    package var lines: [String] {
        var lines = ["\(self.diagnosis.url) at \(self.diagnosis.address)", ""]
        for theme in Check.Theme.allCases {
            let findings = self.diagnosis.results.filter { $0.check.theme == theme }.flatMap { result in
                result.findings.map { ($0, rows: $0.rows.isEmpty ? result.check.rows : $0.rows) }
            }
            guard !findings.isEmpty else { continue }
            lines.append(self.styled(theme.rawValue, .heading))
            for level in Finding.Level.allCases.reversed() {
                for (finding, rows) in findings where finding.level == level { lines += self.text(finding, rows) }
            }
            lines.append("")
        }
        lines.append(self.summary)
        return lines
    }

    private func text(_ finding: Finding, _ rows: [String]) -> [String] {
        guard finding.level != .note else {
            return ["  " + self.styled(finding.title, .note)] + self.details(finding)
        }
        let style: Style = finding.level == .violation ? .violation : .warning
        let label = self.styled(finding.level.rawValue, style)
        let names = self.styled("[\(rows.joined(separator: " "))]", .dim)
        return ["  \(label): \(finding.title) \(names)"] + self.details(finding)
    }

    private func details(_ finding: Finding) -> [String] {
        let evidence = finding.evidence.flatMap { [("sent", $0.sent), ("came", $0.received)] }
        return (evidence + [("mend", finding.remedy)]).compactMap { label, text in
            text.map { "      " + self.styled("\(label): ", .dim) + $0 }
        }
    }

    private var summary: String {
        let diagnosis = self.diagnosis
        let sound = diagnosis.results.count { $0.findings.allSatisfy { $0.level == .note } }
        let counts = [(Finding.Level.violation, "violation"), (.warning, "warning")].map { level, name in
            let count = diagnosis.count(level)
            return "\(count) \(name)\(count == 1 ? "" : "s")"
        }
        let style: Style =
            diagnosis.hasViolations ? .violation : diagnosis.count(.warning) > 0 ? .warning : .good
        let verdict = self.styled(counts.joined(separator: ", "), style)
        return
            "\(verdict). \(sound) of \(diagnosis.results.count) checks without objection, in \(diagnosis.duration.seconds)."
    }
}
