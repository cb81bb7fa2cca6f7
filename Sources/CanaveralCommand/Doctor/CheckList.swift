import GeminiDoctor

/// The checks as `canaveral doctor --list` shows them.
struct CheckList {
    private let checks: [Check]

    init(_ checks: [Check]) {
        self.checks = checks
    }

    var lines: [String] {
        let width = (self.checks.map(\.id.count).max() ?? 0) + 2
        return self.checks.map { check in
            let rows = check.rows.joined(separator: " ")
            return check.id.padded(to: width) + "\(check.title) [\(rows)]\(check.isGentle ? "" : " (not gently)")"
        }
    }
}
