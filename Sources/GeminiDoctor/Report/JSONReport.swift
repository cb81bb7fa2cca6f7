import GeminiProtocol
import JSON

/// A diagnosis for a program: one JSON object (RFC 8259).
package struct JSONReport: Sendable {
    private let diagnosis: Diagnosis

    package init(_ diagnosis: Diagnosis) {
        self.diagnosis = diagnosis
    }

    /// The object in several lines, without a line feed at the end.
    ///
    /// `url`, `address`, `seconds`, `violations`, `warnings`, and `checks`, each with `id`, `rows`, `title`, `theme`,
    /// `seconds` and its `findings`: `level`, `rows`, `title`, and where there is any, `evidence` (each with `sent` and
    /// `received`) and a `remedy`.
    package var text: String {
        let diagnosis = self.diagnosis
        let object = JSONValue.object([
            ("url", .string(diagnosis.url.description)),
            ("address", .string(diagnosis.address)),
            ("seconds", .seconds(diagnosis.duration)),
            ("violations", .integer(diagnosis.count(.violation))),
            ("warnings", .integer(diagnosis.count(.warning))),
            ("checks", .array(diagnosis.results.map(Self.value))),
        ])
        return object.indented
    }

    private static func value(_ result: Diagnosis.Result) -> JSONValue {
        .object([
            ("id", .string(result.check.id)),
            ("rows", .array(result.check.rows.map { .string($0) })),
            ("title", .string(result.check.title)),
            ("theme", .string(result.check.theme.rawValue)),
            ("seconds", .seconds(result.duration)),
            ("findings", .array(result.findings.map { self.value($0, of: result.check) })),
        ])
    }

    private static func value(_ finding: Finding, of check: Check) -> JSONValue {
        let rows = finding.rows.isEmpty ? check.rows : finding.rows
        var members: [(name: String, value: JSONValue)] = [
            ("level", .string(finding.level.rawValue)),
            ("rows", .array(rows.map { .string($0) })),
            ("title", .string(finding.title)),
        ]
        if !finding.evidence.isEmpty {
            members.append(("evidence", .array(finding.evidence.map(self.value))))
        }
        if let remedy = finding.remedy { members.append(("remedy", .string(remedy))) }
        return .object(members)
    }

    private static func value(_ evidence: Finding.Evidence) -> JSONValue {
        let parts = [("sent", evidence.sent), ("received", evidence.received)]
        return .object(parts.compactMap { name, text in text.map { (name, .string($0)) } })
    }
}
