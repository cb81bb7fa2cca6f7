import GeminiClient
import NIOConcurrencyHelpers
import TestSupport

/// A policy with a verdict of the test's own, which remembers whom it was asked about.
final class TestTrust: TrustPolicy {
    private let asked = NIOLockedValueBox<[ServerPresentation]>([])
    private let verdict: @Sendable (ServerPresentation) async -> TrustVerdict

    init(_ verdict: @escaping @Sendable (ServerPresentation) async -> TrustVerdict = { _ in .trusted }) {
        self.verdict = verdict
    }

    var presentations: [ServerPresentation] { self.asked.withLockedValue { $0 } }

    func judge(_ server: ServerPresentation) async -> TrustVerdict {
        self.asked.withLockedValue { $0.append(server) }
        return await self.verdict(server)
    }
}
