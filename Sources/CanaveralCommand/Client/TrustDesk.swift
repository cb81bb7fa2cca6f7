import GeminiClient
import GeminiProtocol

/// Where a person decides about a server that is not the one that was known.
struct TrustDesk {
    let options: ClientOptions

    /// Returns when the person trusts the server from now on.
    func decide(about server: UntrustedServer) async throws(Failure) {
        guard case .changed(let known, let presented) = server.problem else { throw .work("\(server)") }
        Terminal.notice("canaveral: \(Terminal.harmless("\(server)"))")
        self.show("known", known.publicKeyFingerprint ?? known.fingerprint, until: known.notAfter)
        self.show("shown now", presented.publicKeyFingerprint ?? presented.fingerprint, until: presented.notAfter)
        let question =
            "Has the owner of \(server.presentation.host) changed it, as you know from elsewhere? Trust it from now on?"
        guard Terminal.isInteractive, Terminal.confirm(question) else {
            throw .work(
                "Nothing was asked of \(server.presentation.host): if the change is right, answer yes on a terminal, or forget "
                    + "the old certificate with canaveral known-hosts forget \(server.presentation.host)."
            )
        }
        let store = try self.options.knownHostsStore()
        try await Failure.storing { () async throws(StorageError) in
            try await store.accept(presented, host: server.presentation.host, port: server.presentation.port)
        }
    }

    private func show(_ label: String, _ fingerprint: Fingerprint?, until end: Timestamp?) {
        let validity = end.map { ", valid until \($0)" } ?? ""
        Terminal.notice("  \(label.padded(to: 10)) \(fingerprint?.description ?? "unknown")\(validity)")
    }
}
