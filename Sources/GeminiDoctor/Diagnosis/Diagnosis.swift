package import GeminiProtocol

/// What an examination came to.
package struct Diagnosis: Sendable {
    /// What one check came to.
    package struct Result: Sendable {
        package var check: Check
        package var findings: [Finding]
        package var duration: Duration
    }

    package var url: GeminiURL
    /// The address that was connected to.
    package var address: String
    /// In the order of the checks.
    package var results: [Result]
    package var duration: Duration

    package var findings: [Finding] {
        self.results.flatMap(\.findings)
    }

    package func count(_ level: Finding.Level) -> Int {
        self.findings.count { $0.level == level }
    }

    /// Whether the server breaks the protocol somewhere.
    package var hasViolations: Bool {
        self.findings.contains { $0.level == .violation }
    }
}
