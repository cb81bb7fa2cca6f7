import GeminiClient
import NIOConcurrencyHelpers

/// A policy that says what it was told to, and how often it was asked.
final class FixedTrust: TrustPolicy {
    let verdict: TrustVerdict
    let keepsRecords: Bool
    private let count = NIOLockedValueBox(0)

    init(_ verdict: TrustVerdict, keepsRecords: Bool = false) {
        self.verdict = verdict
        self.keepsRecords = keepsRecords
    }

    var timesAsked: Int {
        self.count.withLockedValue { $0 }
    }

    func judge(_ server: ServerPresentation) async -> TrustVerdict {
        self.count.withLockedValue { $0 += 1 }
        return self.verdict
    }
}
