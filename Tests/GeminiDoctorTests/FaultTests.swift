import Testing

@testable import GeminiDoctor

/// Each check on a server that has the fault that it looks for: a check that nothing fails is worth nothing.
@Suite("The doctor on servers with a fault", .timeLimit(.minutes(10)))
struct FaultTests {
    private static let cases = FaultCase.tls + FaultCase.requests + FaultCase.responses

    @Test("What is wrong is found", arguments: Self.cases)
    func found(_ test: FaultCase) async throws {
        let findings = try await findings(of: test.check, in: test.fault, path: test.path)
        let check = try #require(Check.all.first { $0.id == test.check })
        let fitting = findings.filter { finding in
            finding.level == test.level && (finding.rows.isEmpty ? check.rows : finding.rows).contains(test.row)
        }
        #expect(!fitting.isEmpty, "\(findings)")
        #expect(fitting.allSatisfy { $0.remedy != nil })
        #expect(!fitting.contains { $0.title.contains("could not be judged") }, "\(findings)")
    }

    /// Checks with tests of their own, and one that only states facts.
    private static let others: Set<String> = [
        "addresses", "certificate", "certificate-trust", "international-name", "missing-port",
    ]

    @Test("Every check has its fault, and every name is one check's")
    func complete() {
        let ids = Check.all.map(\.id)
        #expect(Set(ids).count == ids.count)
        #expect(Set(ids) == Set(Self.cases.map(\.check)).union(Self.others))
    }
}
